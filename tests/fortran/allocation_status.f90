! Covers: ALLOCATE and DEALLOCATE that fail, with STAT= and ERRMSG=
! Requires: runtime
program allocation_status
  implicit none
  type node
    real(8), allocatable :: values(:)
  end type
  real(8), allocatable :: a(:)
  real(8), pointer :: p(:)
  type(node), allocatable :: nodes(:)
  character(80) :: message
  integer :: status

  message = 'untouched'
  allocate(a(4), stat=status, errmsg=message)
  print '(a,l2,1x,a)', 'first ', status == 0, trim(message)
  a = [1, 2, 3, 4]
  allocate(a(9), stat=status, errmsg=message)
  print '(a,2l2,i3)', 'twice ', status /= 0, message /= 'untouched', size(a)
  deallocate(a, stat=status)
  print '(a,2l2)', 'freed ', status == 0, allocated(a)
  message = 'untouched'
  deallocate(a, stat=status, errmsg=message)
  print '(a,2l2)', 'again ', status /= 0, message /= 'untouched'
  nullify(p)
  deallocate(p, stat=status)
  print '(a,2l2)', 'null  ', status /= 0, associated(p)
  allocate(nodes(2), stat=status)
  allocate(nodes(2)%values(3), source=2.5d0, stat=status)
  print '(a,3l2,f5.1)', 'nested', status == 0, allocated(nodes(1)%values), allocated(nodes(2)%values), sum(nodes(2)%values)
  deallocate(nodes)
  allocate(a(0), stat=status)
  print '(a,2l2,i3)', 'empty ', status == 0, allocated(a), size(a)
end program
