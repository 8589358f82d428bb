! Covers: pointers to scalars, sections, with bounds remapping, linked lists, ASSOCIATED, NULLIFY, pointer functions.
! Requires: runtime
program pointers
  implicit none
  type :: node
    integer :: value
    type(node), pointer :: next => null()
  end type
  integer, target :: a(12), k
  integer, pointer :: p(:), m(:, :), s
  type(node), pointer :: head, item
  integer :: i
  a = [(i, i = 1, 12)]
  p => a(2:12:3)
  print '(4i4)', p
  p = p * 100
  print '(12i5)', a
  m(1:3, 0:3) => a
  print '(3i5)', m(:, 3)
  print '(4i3)', lbound(m), ubound(m)
  s => a(7)
  s = -7
  print '(3l2)', associated(s), associated(s, a(7)), associated(s, k)
  nullify(s)
  print '(l2)', associated(s)
  p => evens(a)
  print '(6i5)', p
  p(2:) => p(1:2)
  print '(3i5)', lbound(p), p
  allocate(p(3), source=5)
  print '(3i3)', p
  deallocate(p)
  head => null()
  do i = 1, 4
    allocate(item)
    item%value = i * i
    item%next => head
    head => item
  end do
  do while (associated(head))
    print '(i4)', head%value
    item => head%next
    deallocate(head)
    head => item
  end do
contains
  function evens(x) result(r)
    integer, target, intent(in) :: x(:)
    integer, pointer :: r(:)
    r => x(2::2)
  end function
end program
