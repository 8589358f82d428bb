! Covers: BIND(C) derived types by reference: members of mixed size, nested types, arrays, pointers.
module shapes
  use iso_c_binding
  implicit none
  type, bind(c) :: point
    integer(c_int8_t) :: tag
    real(c_double) :: x, y
  end type
  type, bind(c) :: figure
    integer(c_int) :: n
    type(point) :: corner(2)
    integer(c_short) :: colour
    integer(c_int64_t) :: id
    type(c_ptr) :: next
    real(c_float) :: scale
  end type
contains
  subroutine move_figure(f, dx) bind(c)
    type(figure), intent(inout) :: f
    real(c_double), value :: dx
    integer :: i
    do i = 1, 2
      f%corner(i)%x = f%corner(i)%x + dx * f%scale
      f%corner(i)%tag = int(f%corner(i)%tag + i, c_int8_t)
    end do
    f%id = f%id * 2
    f%colour = -f%colour
    if (c_associated(f%next)) f%n = f%n + 100
  end subroutine

  integer(c_int) function figure_size() bind(c)
    type(figure) :: f
    figure_size = int(c_sizeof(f))
  end function
end module
