! Covers: explicit interfaces to external procedures, assumed-shape across files, generic names over externals, IMPORT.
! Sources: external_interfaces_callees.f90
! Requires: runtime
program external_interfaces
  implicit none
  type :: item
    integer :: weight
    real :: value
  end type
  interface norm
    real function norm_single(x)
      real, intent(in) :: x(:)
    end function
    real(8) function norm_double(x)
      real(8), intent(in) :: x(:)
    end function
  end interface
  interface
    function first_n(n) result(r)
      integer, intent(in) :: n
      integer :: r(n)
    end function
    subroutine find(text, letter, at)
      character(len=*), intent(in) :: text
      character, intent(in) :: letter
      integer, allocatable, intent(out) :: at(:)
    end subroutine
    function widest(words) result(r)
      character(len=*), intent(in) :: words(:)
      character(len=:), allocatable :: r
    end function
  end interface
  integer, allocatable :: at(:)
  print '(f8.4)', norm([3.0, 4.0])
  print '(f8.4)', norm([1d0, 2d0, 2d0])
  print '(4i3)', first_n(4)
  call find('mississippi', 's', at)
  print '(*(i3))', at
  print '("[",a,"]")', widest(['a   ', 'bcd ', 'ef  '])
end program
