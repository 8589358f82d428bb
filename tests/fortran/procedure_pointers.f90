! Covers: abstract interfaces, procedure pointers, procedure dummies, internal procedures as arguments, EXTERNAL, INTRINSIC.
! Requires: runtime
module numeric
  implicit none
  abstract interface
    pure real(8) function scalar_function(x)
      real(8), intent(in) :: x
    end function
  end interface
contains
  real(8) function simpson(f, a, b, n)
    procedure(scalar_function) :: f
    real(8), intent(in) :: a, b
    integer, intent(in) :: n
    real(8) :: h
    integer :: i
    h = (b - a) / n
    simpson = f(a) + f(b)
    do i = 1, n - 1
      simpson = simpson + merge(4, 2, mod(i, 2) == 1) * f(a + i * h)
    end do
    simpson = simpson * h / 3
  end function
  pure real(8) function cubic(x)
    real(8), intent(in) :: x
    cubic = x ** 3 - x
  end function
end module

program procedure_pointers
  use numeric
  implicit none
  procedure(scalar_function), pointer :: f => null()
  intrinsic :: dsqrt
  real(8) :: slope
  print '(l2)', associated(f)
  f => cubic
  print '(f12.8)', f(3.0d0)
  print '(f12.8)', simpson(f, 0.0d0, 2.0d0, 10)
  print '(f12.8)', simpson(dsqrt, 1.0d0, 4.0d0, 100)
  slope = 3
  print '(f12.8)', simpson(line, 0.0d0, 1.0d0, 4)
  slope = 5
  f => line
  print '(f12.8)', simpson(f, 0.0d0, 1.0d0, 4)
contains
  pure real(8) function line(x)
    real(8), intent(in) :: x
    line = slope * x
  end function
end program
