! Covers: MAXLOC MINLOC FINDLOC with DIM, MASK, BACK and KIND, on integers, reals and characters.
! Requires: runtime
program locations
  implicit none
  integer :: a(3, 3) = reshape([4, 9, 2, 3, 5, 7, 8, 1, 9], [3, 3])
  real :: x(5) = [2.5, -1.0, 7.5, -1.0, 7.5]
  character(len=3) :: words(4) = ['pip', 'ant', 'zoo', 'ant']
  print '(4i3)', maxloc(a), minloc(a)
  print '(2i3)', maxloc(a, back=.true.)
  print '(6i3)', maxloc(a, dim=1), minloc(a, dim=2)
  print '(2i3)', maxloc(x, dim=1), minloc(x, dim=1, back=.true.)
  print '(2i3)', maxloc(x, mask=x < 5), minloc(x, mask=x > 100)
  print '(4i3)', findloc(a, 9), findloc(a, 9, back=.true.)
  print '(3i3)', findloc(a, 3, dim=2)
  print '(2i3)', findloc(x, -1.0, dim=1), findloc(x, 3.0)
  print '(3i3)', findloc(words, 'ant'), maxloc(words), minloc(words, back=.true.)
  print '(i3)', maxloc(x, dim=1, kind=8)
  print '(i3)', findloc([.false., .true., .true.], .true., dim=1)
end program
