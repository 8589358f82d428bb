! Covers: MATMUL of all shapes and kinds, TRANSPOSE, of sections and expressions, with integers, complex and logicals.
! Requires: runtime
program matmul_transpose
  implicit none
  real(8) :: a(2, 3), b(3, 2), v(3)
  real :: s(2, 2)
  integer :: i, m(3, 3)
  complex(8) :: z(2, 2)
  logical :: l(2, 2)
  a = reshape([(real(i, 8), i = 1, 6)], [2, 3])
  b = transpose(a) + 1
  v = [1, -1, 2]
  print '(2f8.2)', matmul(a, b)
  print '(3f8.2)', matmul(b, a)
  print '(2f8.2)', matmul(a, v)
  print '(2f8.2)', matmul(v, b)
  s = real(matmul(a(:, 1:3:2), b(1:3:2, :)))
  print '(2f8.2)', s
  m = reshape([1, 2, 3, 4, 5, 6, 7, 8, 9], [3, 3])
  print '(3i5)', matmul(m, m)
  print '(3i5)', transpose(m(:, 1:2))
  z = reshape([(1d0, 1d0), (0d0, 2d0), (-1d0, 0d0), (3d0, -1d0)], [2, 2])
  print '(4f7.2)', matmul(z, z)
  l = reshape([.true., .false., .true., .true.], [2, 2])
  print '(2l2)', matmul(l, l)
  print '(2f8.2)', matmul(transpose(b), b)
  print '(2f8.2)', matmul(s, real([1, 2]))
end program
