! Covers: ALLOCATABLE: arrays, scalars, STAT, MOVE_ALLOC, reallocation on assignment, SOURCE and MOLD, automatic deallocation.
! Requires: runtime
program allocatable_arrays
  implicit none
  integer, allocatable :: a(:), b(:), c(:, :)
  real(8), allocatable :: s
  character(len=:), allocatable :: text
  integer :: status, i
  print '(2l2)', allocated(a), allocated(s)
  allocate(a(3))
  a = [10, 20, 30]
  allocate(a(5), stat=status)
  print '(l2)', status /= 0
  a = [a, 40, 50]
  print '(5i4,i6)', a, size(a)
  call move_alloc(a, b)
  print '(2l2,i4)', allocated(a), allocated(b), size(b)
  allocate(a, source=b(2:4))
  allocate(c(0:2, -1:1))
  c = reshape([(i, i = 1, 9)], [3, 3])
  print '(3i4)', lbound(c, 1), ubound(c, 2), c(0, 1)
  print '(3i4)', a
  a = a(3:1:-1)
  print '(3i4)', a
  s = 2.5d0
  text = 'short'
  text = text // ' and longer'
  print '(f5.2,1x,a,i4)', s, text, len(text)
  deallocate(a, b, c)
  deallocate(c, stat=status)
  print '(l2)', status /= 0
  do i = 1, 3
    call local(i)
  end do
contains
  subroutine local(n)
    integer, intent(in) :: n
    real, allocatable :: work(:)
    print '(l2)', allocated(work)
    allocate(work(n * 1000))
    work = n
    print '(f8.1)', sum(work)
  end subroutine
end program
