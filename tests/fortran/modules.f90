! Covers: MODULE, USE with ONLY and renaming, PRIVATE, PROTECTED, module variables and initialisation, nested use.
! Requires: runtime
module constants
  implicit none
  integer, parameter :: dp = kind(1.0d0)
  real(dp), parameter :: pi = 3.14159265358979_dp
  integer, protected :: uses = 0
contains
  subroutine used()
    uses = uses + 1
  end subroutine
end module

module circles
  use constants, only: dp, circle_pi => pi, used
  implicit none
  private
  public :: circle_area, radius, circle_pi
  real(dp) :: radius = 2
  real(dp) :: hidden = 1000
contains
  function circle_area() result(a)
    real(dp) :: a
    call used
    hidden = hidden + 1
    a = circle_pi * radius ** 2
  end function
end module

program modules
  use circles, area => circle_area
  use constants, only: uses
  implicit none
  integer, parameter :: hidden = 3
  print '(f10.6)', area()
  radius = 0.5
  print '(f10.6)', area()
  print '(2i4)', uses, hidden
  block
    use constants, only: p => pi
    print '(f8.5)', p
  end block
end program
