! Covers: RESHAPE (with PAD and ORDER), PACK, UNPACK, MERGE, SPREAD, CSHIFT, EOSHIFT, SHAPE, SIZE, LBOUND.
! Requires: runtime
program array_constructions
  implicit none
  integer :: a(2, 3), v(6) = [1, 2, 3, 4, 5, 6], i
  logical :: odd(2, 3)
  character(len=2) :: words(3) = ['aa', 'bb', 'cc']
  a = reshape(v, [2, 3])
  odd = mod(a, 2) == 1
  print '(3i3)', reshape(v, [3, 2], order=[2, 1])
  print '(4i3)', reshape(v, [4, 2], pad=[0, -1])
  print '(3i3)', pack(a, odd)
  print '(5i3)', pack(v, v > 3, [(0, i = 1, 5)])
  print '(2i4)', unpack([10, 20, 30], odd, a)
  print '(2i4)', merge(a, -a, odd)
  print '(3i3)', spread([1, 2, 3], 2, 2)
  print '(2i3)', spread([1, 2, 3], dim=1, ncopies=2)
  print '(6i3)', cshift(v, 2), cshift(v, -1), eoshift(v, 2), eoshift(v, -2, boundary=9)
  print '(2i3)', cshift(a, 1, dim=2)
  print '(2i3)', cshift(a, [1, 0, 1], dim=1)
  print '(2i3)', eoshift(a, [1, -1], dim=2, boundary=[7, 8])
  print '(3a3)', cshift(words, 1), eoshift(words, 1), pack(words, words /= 'bb')
  print '(5i3)', shape(a), size(a), size(a, 2), rank(a)
  print '(2i3)', lbound(a(:, 2:)), ubound(a(:, 2:))
  print '(a)', merge('yes', 'no ', v(1) == 1)
end program
