! Covers: LOGICAL arguments and results of kinds 1, 2, 4 and 8, .AND. .OR. .EQV. .NEQV. .NOT., LOGICAL from C integers.
logical function both(a, b)
  implicit none
  logical, intent(in) :: a, b
  both = a .and. b
end function

subroutine kinds(a, b, c, d)
  implicit none
  logical(1), intent(inout) :: a
  logical(2), intent(inout) :: b
  logical(4), intent(inout) :: c
  logical(8), intent(inout) :: d
  a = .not. a
  b = a .eqv. logical(b, 1)
  c = c .neqv. .true.
  d = c .or. d
end subroutine

logical(1) function narrow(n)
  implicit none
  integer, intent(in) :: n
  narrow = n > 3
end function

integer function count_true(flags, n)
  implicit none
  integer, intent(in) :: n
  logical, intent(in) :: flags(n)
  integer :: i
  count_true = 0
  do i = 1, n
    if (flags(i)) count_true = count_true + 1
  end do
end function
