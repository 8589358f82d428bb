! Covers: C strings: CHARACTER(C_CHAR) arrays and single ones by value in both directions, C_NULL_CHAR, C_F_POINTER to characters, C_NEW_LINE and the like.
function count_words(text) bind(c) result(n)
  use iso_c_binding
  implicit none
  character(kind=c_char), intent(in) :: text(*)
  integer(c_int) :: n
  integer :: i
  logical :: inside
  n = 0
  i = 1
  inside = .false.
  do while (ichar(text(i)) /= ichar(c_null_char))
    if (ichar(text(i)) == 32 .or. ichar(text(i)) == ichar(c_horizontal_tab)) then
      inside = .false.
    else
      if (.not. inside) n = n + 1
      inside = .true.
    end if
    i = i + 1
  end do
end function

subroutine upper(buffer, length) bind(c)
  use iso_c_binding
  implicit none
  type(c_ptr), value :: buffer
  integer(c_size_t), value :: length
  character(kind=c_char), pointer :: text(:)
  integer(c_size_t) :: i
  call c_f_pointer(buffer, text, [length])
  do i = 1, size(text, kind=c_size_t)
    if (ichar(text(i)) >= 97 .and. ichar(text(i)) <= 122) text(i) = char(ichar(text(i)) - 32)
  end do
end subroutine

function greeting() bind(c) result(p)
  use iso_c_binding
  implicit none
  type(c_ptr) :: p
  character(kind=c_char, len=12), save, target :: text = 'from Fortran'
  character(kind=c_char), save, target :: ended(13)
  integer :: i
  do i = 1, 12
    ended(i) = text(i:i)
  end do
  ended(13) = c_null_char
  p = c_loc(ended)
end function

function total_length(a, mark) bind(c) result(n)
  use iso_c_binding
  implicit none
  character(kind=c_char), intent(in) :: a(*)
  character(kind=c_char), value :: mark
  integer(c_size_t) :: n
  interface
    function strlen(s) bind(c) result(r)
      import :: c_char, c_size_t
      character(kind=c_char), intent(in) :: s(*)
      integer(c_size_t) :: r
    end function
    function c_code(letter, s) bind(c) result(r)
      import :: c_char, c_int
      character(kind=c_char), value :: letter
      character(kind=c_char), intent(in) :: s(*)
      integer(c_int) :: r
    end function
  end interface
  n = strlen(a) + strlen('literal' // c_null_char) + c_code(mark, 'xyz' // c_null_char)
end function
