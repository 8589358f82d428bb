! Covers: operator and assignment overloading, user operators, generic interfaces, elemental and pure procedures.
! Requires: runtime
module rationals
  implicit none
  type :: rational
    integer :: n = 0, d = 1
  end type
  interface operator(+)
    module procedure add
  end interface
  interface operator(==)
    module procedure equal
  end interface
  interface operator(.over.)
    module procedure over
  end interface
  interface assignment(=)
    module procedure from_integer
  end interface
  interface value_of
    module procedure value_real, value_of_integer
  end interface
contains
  elemental type(rational) function add(a, b)
    type(rational), intent(in) :: a, b
    integer :: g
    add = rational(a%n * b%d + b%n * a%d, a%d * b%d)
    g = gcd(abs(add%n), add%d)
    add%n = add%n / g
    add%d = add%d / g
  end function
  elemental logical function equal(a, b)
    type(rational), intent(in) :: a, b
    equal = a%n * b%d == b%n * a%d
  end function
  elemental type(rational) function over(n, d)
    integer, intent(in) :: n, d
    over = rational(n, d)
  end function
  elemental subroutine from_integer(r, i)
    type(rational), intent(out) :: r
    integer, intent(in) :: i
    r%n = i
  end subroutine
  elemental real function value_real(r)
    type(rational), intent(in) :: r
    value_real = real(r%n) / r%d
  end function
  real function value_of_integer(i)
    integer, intent(in) :: i
    value_of_integer = -i
  end function
  pure recursive integer function gcd(a, b) result(g)
    integer, intent(in) :: a, b
    g = a
    if (b /= 0) g = gcd(b, mod(a, b))
  end function
end module

program operators
  use rationals
  implicit none
  type(rational) :: a, b(3)
  a = 1 .over. 6
  b = [1, 2, 3] .over. 3
  b = b + a
  print '(3(i3,"/",i1))', b
  print '(3l2)', b == (5 .over. 6)
  a = 7
  print '(2i3)', a
  print '(3f8.4)', value_of(b)
  print '(f6.1)', value_of(4)
end program
