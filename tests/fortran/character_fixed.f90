! Covers: CHARACTER dummies of fixed length, called from C.
subroutine shift_letters(first, word, by)
  implicit none
  character, intent(in) :: first
  character(len=4), intent(inout) :: word
  integer, intent(in) :: by
  integer :: i
  do i = 1, len(word)
    word(i:i) = char(ichar(word(i:i)) + by)
  end do
  word(1:1) = first
end subroutine

integer function letter_sum(a, n, b)
  implicit none
  character(len=3) :: a
  integer :: n
  character(len=2) :: b
  letter_sum = n * (ichar(a(1:1)) + ichar(a(2:2)) + ichar(a(3:3)))
  letter_sum = letter_sum + ichar(b(1:1)) - ichar(b(2:2))
end function
