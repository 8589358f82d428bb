! Covers: SUM PRODUCT MAXVAL MINVAL COUNT ANY ALL with DIM and MASK, DOT_PRODUCT, NORM2, IALL IANY IPARITY, PARITY.
! Requires: runtime
program reductions
  implicit none
  integer :: a(3, 4), i, j
  real(8) :: x(5) = [1.5d0, -2.5d0, 3.5d0, 0.5d0, -1.0d0]
  complex :: z(3) = [(1.0, 2.0), (0.0, -1.0), (2.0, 0.5)]
  logical :: l(4) = [.true., .false., .true., .true.]
  a = reshape([((i * 10 - j * j, i = 1, 3), j = 1, 4)], [3, 4])
  print '(3i6)', sum(a), sum(a, mask=a > 10), product(a(1, :))
  print '(4i6)', sum(a, dim=1)
  print '(3i6)', sum(a, dim=2, mask=mod(a, 2) == 0)
  print '(2i6,4i6)', maxval(a), minval(a), maxval(a, dim=1)
  print '(3i6)', minval(a, dim=2)
  print '(i6,3i3)', count(a > 5), count(a > 5, dim=2)
  print '(2l2,4l2)', any(a < 0), all(a < 30), any(a > 20, dim=1)
  print '(f8.4,f10.6)', dot_product(x, x), norm2(x)
  print '(f8.4)', sum(x, mask=x > 0)
  print '(4f8.4)', sum(z), dot_product(z, z)
  print '(l2)', dot_product(l, .not. l)
  print '(3i4)', iall([7, 14, 15]), iany([1, 8, 16]), iparity([5, 3, 9])
  print '(l2,i4)', parity(l), size(maxval(a(:, 1:0), dim=1))
  print '(2i12)', maxval(a(1:0, 1)), sum(a(1:0, 1))
end program
