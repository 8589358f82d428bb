! Covers: FINAL procedures at deallocation, end of scope, assignment and INTENT(OUT); elemental finalizers.
! Requires: runtime
module handles
  implicit none
  integer :: living = 0
  type :: handle
    integer :: id = 0
  contains
    final :: close_one
  end type
contains
  subroutine close_one(h)
    type(handle), intent(inout) :: h
    print '(a,i4)', 'close', h%id
    living = living - 1
  end subroutine
  subroutine open(h, id)
    type(handle), intent(out) :: h
    integer, intent(in) :: id
    h%id = id
    living = living + 1
  end subroutine
end module

program finalizers
  use handles
  implicit none
  type(handle), allocatable :: a
  allocate(a)
  call open(a, 1)
  deallocate(a)
  call inner
  block
    type(handle) :: h
    h%id = 30
  end block
  print '(a)', 'after'
  allocate(a)
  a%id = 4
  a = handle(5)
  print '(i4)', a%id
contains
  subroutine inner
    type(handle) :: h
    h%id = 20
    print '(a)', 'inner'
  end subroutine
end program
