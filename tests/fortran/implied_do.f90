! Covers: implied DO in I/O lists, array constructors, DATA; nested; typed constructors.
! Requires: runtime
program implied_do
  implicit none
  integer :: i, j, a(3, 4), d(5), triangle(4, 4)
  real :: r(6)
  character(len=3) :: names(3)
  data (d(i), i = 1, 5, 2) / 3 * 9 /, (d(i), i = 2, 4, 2) / 1, 2 /
  data ((triangle(i, j), i = 1, j), j = 1, 4) / 10 * 1 /
  a = reshape([((i * j, i = 1, 3), j = 1, 4)], [3, 4])
  print '(4i4)', ((a(i, j), j = 1, 4), i = 1, 3)
  print '(5i3)', d
  print '(i4)', sum([((triangle(i, j), i = 1, j), j = 1, 4)])
  r = [(sqrt(real(i)), i = 1, 6)]
  print '(3(f6.3,i3))', (r(i), i, i = 1, 6)
  names = [character(len=3) :: 'a', 'bcd', 'efghi']
  print '(3a4)', names
  print '(6i3)', [integer :: (i, -i, i = 1, 3)]
  print '(3i5)', [(sum(a(:, j)), j = 1, 3)]
  print '(*(a,1x))', (names(i)(1:2), i = 3, 1, -1)
end program
