! Covers: recursive functions and subroutines, mutual recursion, internal procedures that see the host's variables.
recursive integer function ackermann(m, n) result(r)
  implicit none
  integer, intent(in) :: m, n
  if (m == 0) then
    r = n + 1
  else if (n == 0) then
    r = ackermann(m - 1, 1)
  else
    r = ackermann(m - 1, ackermann(m, n - 1))
  end if
end function

integer function hanoi(disks)
  implicit none
  integer, intent(in) :: disks
  integer :: moves
  moves = 0
  call move(disks, 1, 3, 2)
  hanoi = moves
contains
  recursive subroutine move(n, from, to, by)
    integer, intent(in) :: n, from, to, by
    if (n == 0) return
    call move(n - 1, from, by, to)
    moves = moves + 1
    call move(n - 1, by, to, from)
  end subroutine
end function

recursive logical function is_even(n) result(r)
  implicit none
  integer, intent(in) :: n
  logical, external :: is_odd
  r = n == 0
  if (.not. r) r = is_odd(n - 1)
end function

recursive logical function is_odd(n) result(r)
  implicit none
  integer, intent(in) :: n
  logical, external :: is_even
  r = .false.
  if (n /= 0) r = is_even(n - 1)
end function
