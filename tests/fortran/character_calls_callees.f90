integer function length_of(text)
  implicit none
  character(len=*) :: text
  length_of = len(text)
end function

integer function first_code(letter)
  implicit none
  character :: letter
  first_code = ichar(letter)
end function

subroutine copy_fixed(from, to)
  implicit none
  character(len=4) :: from, to
  to = from
end subroutine

subroutine copy_assumed(from, to)
  implicit none
  character(len=*) :: from, to
  to = from
end subroutine
