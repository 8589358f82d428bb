! Covers: REAL*4 and REAL*8: conversions, NINT, INT, FLOOR, CEILING, MOD, MODULO, SIGN, DIM, AINT, ANINT, powers.
! Requires: runtime
subroutine reals(x, s, out, counts)
  implicit none
  real(8), intent(in) :: x
  real(4), intent(in) :: s
  real(8), intent(out) :: out(12)
  integer, intent(out) :: counts(8)
  out(1) = mod(x, 3.0d0)
  out(2) = modulo(x, 3.0d0)
  out(3) = sign(2.0d0, x)
  out(4) = dim(x, 1.0d0)
  out(5) = aint(x)
  out(6) = anint(x)
  out(7) = real(s, 8) * x
  out(8) = real(x, 4)
  out(9) = dprod(s, s)
  out(10) = x ** 3
  out(11) = abs(x) ** (-2)
  out(12) = max(x, real(s, 8), 0.5d0) + min(s, 2.0)
  counts(1) = nint(x)
  counts(2) = int(x)
  counts(3) = floor(x)
  counts(4) = ceiling(x)
  counts(5) = int(s)
  counts(6) = mod(counts(1), 4)
  counts(7) = modulo(counts(1), 4)
  counts(8) = (-counts(2)) ** 3
end subroutine
