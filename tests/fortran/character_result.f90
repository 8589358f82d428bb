! Covers: functions returning CHARACTER (fixed and assumed length), called from Fortran only; C sees the text.
character(len=6) function padded(c)
  implicit none
  character(len=3) :: c
  padded = '<' // c // '>'
end function

function doubled(c) result(r)
  implicit none
  character(len=*), intent(in) :: c
  character(len=2*len(c)) :: r
  r(:len(c)) = c
  r(len(c)+1:) = c
end function

character*(*) function stars()
  implicit none
  integer :: i
  do i = 1, len(stars)
    stars(i:i) = '*'
  end do
end function

subroutine collect(out)
  implicit none
  character(len=40), intent(out) :: out
  character(len=6), external :: padded
  character(len=5), external :: stars
  interface
    function doubled(c) result(r)
      character(len=*), intent(in) :: c
      character(len=2*len(c)) :: r
    end function
  end interface
  out = padded('abc') // '|' // doubled('xyz') // '|' // stars() // '|' // doubled('q') // '|'
end subroutine
