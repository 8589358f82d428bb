! Covers: ENTRY in subroutines and functions, with different arguments and result types.
subroutine counter_set(n)
  implicit none
  integer :: n, by
  integer, save :: value = 0
  value = n
  return
  entry counter_add(by)
  value = value + by
  return
  entry counter_get(n)
  n = value
end subroutine

real(8) function area(w, h)
  implicit none
  real(8), intent(in) :: w, h
  real(8) :: perimeter
  integer :: corners
  area = w * h
  return
  entry perimeter(w, h)
  perimeter = 2 * (w + h)
  return
  entry corners()
  corners = 4
end function
