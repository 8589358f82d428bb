! Covers: REAL(16): arithmetic, conversions, comparison, SQRT, formatted output and input, to the last digits.
! Requires: runtime
program real_quad
  implicit none
  integer, parameter :: qp = selected_real_kind(33)
  real(qp) :: x, y
  character(len=48) :: text
  integer :: i
  x = 1 / 3.0_qp
  print '(2i4)', qp, precision(x)
  print '(f40.34)', x
  print '(es44.33e4)', sqrt(2.0_qp), -x * 1.0e-4000_qp
  y = 0
  do i = 1, 50
    y = y + 1.0_qp / i ** 2
  end do
  print '(f40.33)', y
  print '(2l2,f12.8)', x > 0.333333333333333333_qp, real(y, 8) == y, real(y, 8)
  text = '3.14159265358979323846264338327950288'
  read (text, *) y
  print '(f40.33)', y
  print '(i12,i12)', int(y * 1.0e6_qp), nint(-2.5_qp)
end program
