! Covers: dummy procedures with CHARACTER arguments and results, of fixed and assumed length.
subroutine apply(f, text, out)
  implicit none
  external :: f
  character(len=*) :: text, out
  call f(text, out)
end subroutine

subroutine reverse(from, to)
  implicit none
  character(len=*) :: from, to
  integer :: i
  to = ' '
  do i = 1, len(from)
    to(i:i) = from(len(from)+1-i:len(from)+1-i)
  end do
end subroutine

subroutine first_two(from, to)
  implicit none
  character(len=2) :: from
  character(len=2) :: to
  to = from
end subroutine

character(len=3) function tag(n)
  implicit none
  integer :: n
  tag = 'T' // char(ichar('0') + n) // '.'
end function

subroutine twice(f, out)
  implicit none
  character(len=3), external :: f
  character(len=6) :: out
  out = f(1) // f(2)
end subroutine

subroutine procedures(out)
  implicit none
  character(len=20) :: out
  external :: reverse, first_two, twice
  character(len=3), external :: tag
  out = '--------------------'
  call apply(reverse, 'drawer', out(1:7))
  call apply(first_two, 'kq', out(8:9))
  call twice(tag, out(11:16))
end subroutine
