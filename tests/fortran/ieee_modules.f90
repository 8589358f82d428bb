! Covers: IEEE_ARITHMETIC: classes, IEEE_VALUE, IEEE_IS_NAN and the like, IEEE_COPY_SIGN, IEEE_NEXT_AFTER, IEEE_SCALB.
! Requires: runtime
program ieee_modules
  use, intrinsic :: ieee_arithmetic
  implicit none
  real :: x
  real(8) :: y, zero = 0
  x = ieee_value(x, ieee_quiet_nan)
  y = ieee_value(y, ieee_negative_inf)
  print '(4l2)', ieee_is_nan(x), ieee_is_nan(1.0), ieee_is_finite(y), ieee_is_normal(1d0)
  print '(3l2)', ieee_is_negative(y), ieee_unordered(x, 1.0), x == x
  print '(3l2)', ieee_class(y) == ieee_negative_inf, ieee_class(zero) == ieee_positive_zero, &
    ieee_class(-1.5) == ieee_negative_normal
  print '(2f8.2)', ieee_copy_sign(3.0, -0.0), ieee_copy_sign(-3d0, 1d0)
  print '(2es16.8)', ieee_next_after(1.0, 2.0) - 1.0, ieee_next_after(1d0, 0d0) - 1d0
  print '(2f8.3)', ieee_scalb(1.5, 4), ieee_scalb(-3d0, -2)
  print '(2f8.2)', ieee_logb(20.0), ieee_logb(0.3)
  print '(2l2)', ieee_support_datatype(1.0), ieee_support_nan(1d0)
end program
