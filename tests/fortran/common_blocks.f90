! Covers: COMMON (named, blank, mixed kinds) shared by procedures and with C, BLOCK DATA, SAVE.
block data start
  implicit none
  integer :: counter
  real(8) :: weights(3)
  character(len=4) :: label
  common /state/ counter, weights
  common /names/ label
  data counter /7/, weights /0.5d0, 1.5d0, 2.5d0/, label /'init'/
end block data

subroutine step(total)
  implicit none
  real(8), intent(out) :: total
  integer :: n
  real(8) :: w1, w23(2)
  integer :: i, shared(4)
  common /state/ n, w1, w23
  common shared
  n = n + 1
  total = n * (w1 + w23(1) + w23(2))
  w23(2) = -w23(2)
  do i = 1, 4
    shared(i) = i * n
  end do
end subroutine

integer function blank_sum()
  implicit none
  integer :: a, b(2), c
  common a, b, c
  blank_sum = a + 10 * b(1) + 100 * b(2) + 1000 * c
end function

integer function calls()
  implicit none
  integer, save :: n = 0
  n = n + 1
  calls = n
end function
