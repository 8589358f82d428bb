! Covers: BIND(C) derived types by value, in both directions: two members, one member, and one too big for registers.
module by_value
  use iso_c_binding
  implicit none
  type, bind(c) :: pair
    integer(c_int) :: a
    real(c_double) :: b
  end type
  type, bind(c) :: single
    real(c_float) :: x
  end type
  type, bind(c) :: big
    real(c_double) :: v(5)
  end type
  interface
    function c_weigh(p, s, b) bind(c)
      import :: pair, single, big, c_double
      type(pair), value :: p
      type(single), value :: s
      type(big), value :: b
      real(c_double) :: c_weigh
    end function
  end interface
contains
  function add_pairs(p, q) bind(c) result(r)
    type(pair), value :: p, q
    real(c_double) :: r
    type(big) :: b
    b%v = [1, 2, 3, 4, 5]
    p%a = p%a + q%a
    p%b = p%b + q%b
    r = c_weigh(p, single(0.5), b)
  end function

  function twice_single(s) bind(c) result(r)
    type(single), value :: s
    real(c_float) :: r
    r = 2 * s%x
  end function

  function sum_big(n, b) bind(c) result(r)
    integer(c_int), value :: n
    type(big), value :: b
    real(c_double) :: r
    integer :: i
    r = 0
    do i = 1, n
      r = r + b%v(i)
    end do
  end function
end module
