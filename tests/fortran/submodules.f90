! Covers: submodules with separate module procedures, a submodule of a submodule, module files from another source.
! Sources: submodules_parent.f90
! Requires: runtime
submodule (stack_module) stack_operations
  implicit none
contains
  module procedure push
    if (depth == size(items)) error stop 'full'
    depth = depth + 1
    items(depth) = value
  end procedure

  module integer function pop()
    pop = items(depth)
    depth = depth - 1
    call note(pop)
  end function
end submodule

submodule (stack_module:stack_operations) stack_notes
  implicit none
contains
  module subroutine note(value)
    integer, intent(in) :: value
    noted = noted * 10 + value
  end subroutine
end submodule

program submodules
  use stack_module
  implicit none
  integer :: i
  do i = 1, 4
    call push(i * 2)
  end do
  print '(3i4)', pop(), pop(), depth
  call push(9)
  print '(i4)', pop()
  print '(i6)', noted
end program
