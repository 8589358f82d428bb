module stack_module
  implicit none
  integer :: depth = 0, noted = 0
  integer, private :: items(8)
  interface
    module subroutine push(value)
      integer, intent(in) :: value
    end subroutine
    module integer function pop()
    end function
    module subroutine note(value)
      integer, intent(in) :: value
    end subroutine
  end interface
end module
