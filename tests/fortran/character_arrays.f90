! Covers: arrays of CHARACTER: explicit shape, assumed size, sections, elements as arguments.
subroutine sort_words(words, n)
  implicit none
  integer, intent(in) :: n
  character(len=5), intent(inout) :: words(n)
  character(len=5) :: kept
  integer :: i, j
  do i = 2, n
    kept = words(i)
    j = i - 1
    do while (j >= 1)
      if (.not. later(words(j), kept)) exit
      words(j+1) = words(j)
      j = j - 1
    end do
    words(j+1) = kept
  end do
contains
  logical function later(a, b)
    character(len=*), intent(in) :: a, b
    integer :: k
    later = .false.
    do k = 1, len(a)
      if (ichar(a(k:k)) == ichar(b(k:k))) cycle
      later = ichar(a(k:k)) > ichar(b(k:k))
      return
    end do
  end function
end subroutine

subroutine initials(words, n, out)
  implicit none
  integer, intent(in) :: n
  character(len=*), intent(in) :: words(*)
  character(len=*), intent(out) :: out
  integer :: i
  out = ' '
  do i = 1, n
    out(i:i) = words(i)(1:1)
  end do
  out(n+1:) = words(2)(2:len(words))
end subroutine
