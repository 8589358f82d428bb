! Covers: CHARACTER*(*) dummies, called from C with lengths; a fixed one beside an assumed one.
integer function count_letter(text, letter)
  implicit none
  character(len=*), intent(in) :: text
  character(len=1), intent(in) :: letter
  integer :: i
  count_letter = 0
  do i = 1, len(text)
    if (ichar(text(i:i)) == ichar(letter)) count_letter = count_letter + 1
  end do
end function

subroutine fill(text, with)
  implicit none
  character(len=*), intent(out) :: text
  character(len=*), intent(in) :: with
  text = with
end subroutine
