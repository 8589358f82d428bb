! Covers: allocatable components, deep copies, allocatable dummies and results, recursive types.
! Requires: runtime
program allocatable_components
  implicit none
  type :: series
    character(len=:), allocatable :: name
    real, allocatable :: x(:)
  end type
  type :: tree
    integer :: key = 0
    type(tree), allocatable :: left, right
  end type
  type(series) :: a, b
  type(series), allocatable :: many(:)
  type(tree) :: root
  integer :: keys(7) = [4, 2, 6, 1, 3, 5, 7], i
  a = series('first', [1.0, 2.0, 3.0])
  b = a
  b%x(2) = 20
  b%name = b%name // ' copy'
  print '(a,3f6.1)', a%name, a%x
  print '(a,3f6.1)', b%name, b%x
  many = [a, b, made(5)]
  do i = 1, size(many)
    print '(a,i4,f8.2)', many(i)%name, size(many(i)%x), sum(many(i)%x)
  end do
  call grow(a%x)
  print '(6f6.1)', a%x
  root%key = keys(1)
  do i = 2, 7
    call insert(root, keys(i))
  end do
  call show(root)
contains
  function made(n) result(r)
    integer, intent(in) :: n
    type(series) :: r
    integer :: k
    r%name = 'made'
    allocate(r%x(n))
    r%x = [(k / 2.0, k = 1, n)]
  end function
  subroutine grow(x)
    real, allocatable, intent(inout) :: x(:)
    x = [x, -x]
  end subroutine
  recursive subroutine insert(t, key)
    type(tree), intent(inout) :: t
    integer, intent(in) :: key
    if (key < t%key) then
      if (.not. allocated(t%left)) then
        allocate(t%left)
        t%left%key = key
      else
        call insert(t%left, key)
      end if
    else if (.not. allocated(t%right)) then
      allocate(t%right)
      t%right%key = key
    else
      call insert(t%right, key)
    end if
  end subroutine
  recursive subroutine show(t)
    type(tree), intent(in) :: t
    if (allocated(t%left)) call show(t%left)
    print '(i3)', t%key
    if (allocated(t%right)) call show(t%right)
  end subroutine
end program
