! Covers: complex division and multiplication where a naive formula overflows, mixed kinds, comparison.
subroutine divide(a, b, q, p, same)
  implicit none
  complex(8), intent(in) :: a, b
  complex(8), intent(out) :: q, p
  logical, intent(out) :: same
  q = a / b
  p = a * b
  same = a == b .or. q == (1.0d0, 0.0d0)
end subroutine

subroutine divide_single(a, b, q)
  implicit none
  complex, intent(in) :: a, b
  complex, intent(out) :: q
  q = a / b
end subroutine
