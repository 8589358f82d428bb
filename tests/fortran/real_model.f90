! Covers: numeric inquiry and model functions: EPSILON HUGE TINY DIGITS PRECISION RANGE RADIX SPACING NEAREST EXPONENT FRACTION SCALE.
! Requires: runtime
program real_model
  implicit none
  real :: x = 0.15625
  real(8) :: y = -1536.75d0
  print '(3i6)', digits(x), precision(x), range(x)
  print '(3i6)', digits(y), precision(y), range(y)
  print '(3es14.6)', epsilon(x), huge(x), tiny(x)
  print '(2es24.15e3)', epsilon(y), tiny(y)
  print '(3i6)', radix(1), minexponent(x), maxexponent(y)
  print '(2i6,2f12.8)', exponent(x), exponent(y), fraction(x), fraction(y)
  print '(2es16.8)', spacing(x), spacing(y)
  print '(3es16.8)', nearest(x, 1.0) - x, scale(y, -3), set_exponent(x, 5)
  print '(2es16.8)', rrspacing(x), rrspacing(y)
  print '(3i12)', huge(1), range(1_8), bit_size(1_2)
  print '(i20)', huge(1_8)
  print '(3i4)', selected_int_kind(9), selected_int_kind(18), selected_real_kind(6, 30)
  print '(2i4)', selected_real_kind(15), kind(1d0)
end program
