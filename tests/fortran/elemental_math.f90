! Covers: elemental intrinsics on arrays: trigonometry, ATAN2, hyperbolics, EXP, LOG10, GAMMA, ERF, BESSEL, HYPOT.
! Requires: runtime
program elemental_math
  implicit none
  real(8) :: x(3) = [0.25d0, 0.5d0, 0.75d0]
  real :: s(3) = [0.3, 0.6, 0.9]
  print '(3f12.8)', sin(x), cos(x), tan(x), asin(x), acos(x), atan(x)
  print '(3f12.8)', sinh(x), cosh(x), tanh(x), asinh(x), acosh(1 + x), atanh(x)
  print '(3f12.8)', exp(x), log(x), log10(x), sqrt(x), x ** 0.3d0
  print '(3f12.8)', atan2(x, -x), atan(x, 2 * x), hypot(x, 3 * x)
  print '(3f12.8)', gamma(x), log_gamma(x + 5), erf(x), erfc(x), erfc_scaled(x)
  print '(3f12.8)', bessel_j0(x), bessel_j1(x), bessel_y0(x), bessel_jn(2, x)
  print '(3f10.5)', sin(s), exp(-s), log(s), s ** s, atan2(s, 0.5)
  print '(3f10.5)', abs(cmplx(s, x)), aimag(sqrt(cmplx(s, -s)))
  print '(3i4)', nint(10 * x), ceiling(s), floor(-s)
end program
