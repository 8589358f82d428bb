! Covers: type-bound procedures: PASS, NOPASS, GENERIC, overriding, DEFERRED with abstract types, procedure pointer components.
! Requires: runtime
module shapes
  implicit none
  type, abstract :: shape
    character(len=8) :: name = '?'
  contains
    procedure(area_of), deferred :: area
    procedure :: describe
  end type
  abstract interface
    real function area_of(self)
      import :: shape
      class(shape), intent(in) :: self
    end function
  end interface
  type, extends(shape) :: square
    real :: side = 1
  contains
    procedure :: area => square_area
    procedure, private :: grow_integer, grow_real
    generic :: grow => grow_integer, grow_real
  end type
  type, extends(square) :: box
    real :: height = 1
    procedure(real_function), pointer, nopass :: f => null()
  contains
    procedure :: area => box_area
    procedure, nopass :: corners
  end type
  abstract interface
    real function real_function(x)
      real, intent(in) :: x
    end function
  end interface
contains
  subroutine describe(self)
    class(shape), intent(in) :: self
    print '(a,f8.2)', self%name, self%area()
  end subroutine
  real function square_area(self)
    class(square), intent(in) :: self
    square_area = self%side ** 2
  end function
  real function box_area(self)
    class(box), intent(in) :: self
    box_area = 2 * self%square%area() + 4 * self%side * self%height
    if (associated(self%f)) box_area = self%f(box_area)
  end function
  subroutine grow_integer(self, by)
    class(square), intent(inout) :: self
    integer, intent(in) :: by
    self%side = self%side + by
  end subroutine
  subroutine grow_real(self, by)
    class(square), intent(inout) :: self
    real, intent(in) :: by
    self%side = self%side * by
  end subroutine
  integer function corners()
    corners = 8
  end function
  real function negated(x)
    real, intent(in) :: x
    negated = -x
  end function
end module

program type_bound
  use shapes
  implicit none
  type(square) :: s
  type(box) :: b
  s = square('square', 3.0)
  call s%describe
  call s%grow(1)
  call s%grow(0.5)
  call s%describe
  b%name = 'box'
  b%side = 2
  call b%describe
  b%f => negated
  call b%describe
  print '(i3)', b%corners()
end program
