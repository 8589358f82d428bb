! Covers: BIND(C) module variables and COMMON, NAME=, enumerations, optional arguments as null pointers.
module shared_state
  use iso_c_binding
  implicit none
  enum, bind(c)
    enumerator :: red = 4, green, blue = 9
  end enum
  integer(c_int), bind(c, name='sharedCounter') :: counter = 5
  real(c_double), bind(c) :: table(3) = [1.0_c_double, 2.0_c_double, 4.0_c_double]
  integer(kind(red)), bind(c) :: colour = green
contains
  subroutine advance(by) bind(c, name='Advance')
    integer(c_int), intent(in), optional :: by
    if (present(by)) then
      counter = counter + by
    else
      counter = counter + 1
    end if
    table(2) = table(2) + counter
    if (colour == green) then
      colour = blue
    else
      colour = red
    end if
  end subroutine
end module
