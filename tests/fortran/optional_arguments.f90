! Covers: INTENT, OPTIONAL, keyword arguments, PRESENT passed on, VALUE, default initialisation of INTENT(OUT).
! Requires: runtime
program optional_arguments
  implicit none
  type :: setting
    integer :: level = 3
    real :: weight = 0.5
  end type
  type(setting) :: s
  integer :: n
  s%level = 9
  call reset(s)
  print '(i3,f6.2)', s%level, s%weight
  print '(i6)', combine(1)
  print '(i6)', combine(1, c=3)
  print '(i6)', combine(b=2, a=1)
  print '(i6)', outer()
  print '(i6)', outer(5)
  n = 10
  call by_value(n)
  print '(i4)', n
  call list([1, 2, 3])
  call list()
contains
  subroutine reset(x)
    type(setting), intent(out) :: x
    x%weight = x%weight + 0.25
  end subroutine
  integer function combine(a, b, c)
    integer, intent(in) :: a
    integer, intent(in), optional :: b, c
    combine = a
    if (present(b)) combine = combine + 10 * b
    if (present(c)) combine = combine + 100 * c
  end function
  integer function outer(x)
    integer, optional :: x
    outer = combine(7, c=x)
  end function
  subroutine by_value(n)
    integer, value :: n
    n = n + 1
    print '(i4)', n
  end subroutine
  subroutine list(x)
    integer, intent(in), optional :: x(:)
    if (present(x)) then
      print '(a,3i3)', 'list', x
    else
      print '(a)', 'no list'
    end if
  end subroutine
end program
