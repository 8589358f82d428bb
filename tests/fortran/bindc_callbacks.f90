! Covers: procedure pointers over C: C_FUNLOC, C_F_PROCPOINTER, procedure dummies, an internal procedure handed to C.
module callbacks
  use iso_c_binding
  implicit none
  abstract interface
    function unary(x) bind(c)
      import :: c_double
      real(c_double), value :: x
      real(c_double) :: unary
    end function
  end interface
  interface
    function c_apply(f, x) bind(c)
      import :: c_funptr, c_double
      type(c_funptr), value :: f
      real(c_double), value :: x
      real(c_double) :: c_apply
    end function
  end interface
contains
  function cube(x) bind(c)
    real(c_double), value :: x
    real(c_double) :: cube
    cube = x ** 3
  end function

  function integrate(f, a, b, n) bind(c) result(total)
    type(c_funptr), value :: f
    real(c_double), value :: a, b
    integer(c_int), value :: n
    real(c_double) :: total, h
    procedure(unary), pointer :: g
    integer :: i
    call c_f_procpointer(f, g)
    h = (b - a) / n
    total = 0
    do i = 1, n
      total = total + h * g(a + (i - 0.5_c_double) * h)
    end do
  end function

  function give_cube() bind(c) result(f)
    type(c_funptr) :: f
    f = c_funloc(cube)
  end function

  function call_back(x) bind(c) result(r)
    real(c_double), value :: x
    real(c_double) :: r
    r = c_apply(c_funloc(cube), x) + 1
  end function
end module
