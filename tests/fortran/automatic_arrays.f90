! Covers: automatic arrays and CHARACTER variables, INTENT, arrays as results whose size depends on arguments
! Requires: runtime
module shapes
  implicit none
  type counter
    integer :: seen = 7
    integer, allocatable :: list(:)
  end type
contains
  recursive function reversed(n, x) result(y)
    integer, intent(in) :: n
    integer, intent(in) :: x(n)
    integer :: y(n), rest(n - 1)
    if (n == 1) then
      y = x
    else
      rest = reversed(n - 1, x(2:))
      y = [rest, x(1)]
    end if
  end function
  function doubled(text) result(twice)
    character(*), intent(in) :: text
    character(2 * len(text)) :: twice
    character(len(text)) :: copy
    integer :: i
    do i = 1, len(text)
      copy(i:i) = text(len(text) - i + 1:len(text) - i + 1)
    end do
    twice = text // copy
  end function
  subroutine renewed(c, n)
    type(counter), intent(out) :: c
    integer, intent(inout) :: n
    if (.not. allocated(c%list)) n = n + c%seen
  end subroutine
  integer function spread_out(n, m, step)
    integer, intent(in) :: n, m, step
    integer :: work(0:n, -m:m), i, j
    do j = -m, m
      do i = 0, n
        work(i, j) = i + 10 * j
      end do
    end do
    spread_out = sum(work(::step, :)) + ubound(work, 2) * 1000 + size(work) * 10000
  end function
end module
integer function check(n) bind(c)
  use iso_c_binding
  use shapes
  implicit none
  integer(c_int), value :: n
  integer :: x(n), i, total
  type(counter) :: c
  x = [(i * i, i = 1, n)]
  x = reversed(n, x)
  total = x(1) * 100 + x(n)
  if (doubled('abc') /= 'abccba') total = -1
  allocate(c%list(3))
  c%seen = 100
  call renewed(c, total)
  check = total + spread_out(n, 2, 2)
end function
