! Covers: complex powers with integer, real and complex exponents.
! Requires: runtime
subroutine powers(z, w, n, out)
  implicit none
  complex(8), intent(in) :: z
  complex, intent(in) :: w
  integer, intent(in) :: n
  complex(8), intent(out) :: out(8)
  out(1) = z ** n
  out(2) = z ** (-n)
  out(3) = z ** 2
  out(4) = z ** (0.5d0, 1.5d0)
  out(5) = z ** 1.5d0
  out(6) = w ** n
  out(7) = w ** w
  out(8) = z ** int(n, 8)
end subroutine
