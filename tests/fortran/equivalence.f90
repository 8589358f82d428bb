! Covers: EQUIVALENCE between kinds, arrays and COMMON members.
subroutine bits_of(x, low, high)
  implicit none
  real(8), intent(in) :: x
  integer, intent(out) :: low, high
  real(8) :: value
  integer :: words(2)
  equivalence (value, words)
  value = x
  low = words(1)
  high = words(2)
end subroutine

integer function overlap(n)
  implicit none
  integer, intent(in) :: n
  integer :: a(6), b(4), c, whole(8)
  equivalence (a(3), b(1)), (b(4), c)
  common /arena/ whole
  integer :: part(3)
  equivalence (whole(5), part(1))
  integer :: i
  do i = 1, 6
    a(i) = i * n
  end do
  b(2) = 100
  whole = 1
  part = 5
  overlap = a(4) + c + b(1) + whole(5) + whole(7) + whole(8)
end function

subroutine letters(code, out)
  implicit none
  integer, intent(in) :: code
  character(len=4), intent(out) :: out
  integer :: number
  character(len=4) :: text
  character :: each(4)
  equivalence (number, text, each)
  number = code
  each(4) = '!'
  out = text
end subroutine
