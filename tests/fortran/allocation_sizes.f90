! Covers: ALLOCATE of more than there is, STAT= tells; of nothing, with negative lengths and extents
! Requires: runtime
program allocation_sizes
  implicit none
  real(8), allocatable :: a(:), b(:, :)
  real(8), pointer :: p(:)
  character(:), allocatable :: text
  character(80) :: message
  integer :: status, n
  integer(8) :: many
  many = 2_8**57
  message = 'untouched'
  allocate(b(many, 4), stat=status, errmsg=message)
  print '(a,3l2)', 'matrix', status /= 0, .not. allocated(b), message /= 'untouched'
  if (allocated(b)) deallocate(b)
  allocate(a(many * 8), stat=status)
  print '(a,2l2)', 'vector', status /= 0, .not. allocated(a)
  if (allocated(a)) deallocate(a)
  nullify(p)
  allocate(p(many * 8), stat=status)
  print '(a,2l2)', 'pointer', status /= 0, .not. associated(p)
  if (associated(p)) deallocate(p)
  n = -3
  allocate(a(n), b(5, n))
  print '(a,3i3)', 'empty ', size(a), shape(b)
  allocate(character(n) :: text)
  print '(a,i3,1x,a)', 'text  ', len(text), '[' // text // ']'
end program
