! Covers: deferred-length CHARACTER, functions returning it, arrays of it, substrings of expressions, concatenation in loops.
! Requires: runtime
program character_deferred
  implicit none
  character(len=:), allocatable :: line, parts(:)
  character(len=*), parameter :: letters = 'abcdefghij'
  integer :: i
  line = ''
  do i = 1, 5
    line = line // letters(i:2*i) // ','
  end do
  print '(a,i4)', line, len(line)
  allocate(character(len=6) :: parts(3))
  parts = ['one   ', 'two   ', 'three ']
  print '(2i4)', len(parts), size(parts)
  print '(a)', joined(parts, '+')
  line = joined([character(len=2) :: 'a', 'bb'], '')
  print '(a,i3)', line, len(line)
  line = reversed(letters)
  print '(a)', line
  line(2:3) = '__'
  print '(a)', line(:4) // line(9:)
  print '(i3)', len(to_text(-1234567))
  print '(a)', to_text(-1234567) // '.'
contains
  function joined(words, by) result(r)
    character(len=*), intent(in) :: words(:), by
    character(len=:), allocatable :: r
    integer :: k
    r = trim(words(1))
    do k = 2, size(words)
      r = r // by // trim(words(k))
    end do
  end function
  pure function reversed(text) result(r)
    character(len=*), intent(in) :: text
    character(len=len(text)) :: r
    integer :: k
    do k = 1, len(text)
      r(k:k) = text(len(text)-k+1:len(text)-k+1)
    end do
  end function
  function to_text(n) result(r)
    integer, intent(in) :: n
    character(len=:), allocatable :: r
    character(len=20) :: buffer
    write (buffer, '(i0)') n
    r = trim(buffer)
  end function
end program
