real function norm_single(x)
  implicit none
  real, intent(in) :: x(:)
  norm_single = sqrt(sum(x * x))
end function

real(8) function norm_double(x)
  implicit none
  real(8), intent(in) :: x(:)
  norm_double = sqrt(dot_product(x, x))
end function

function first_n(n) result(r)
  implicit none
  integer, intent(in) :: n
  integer :: r(n), i
  r = [(i, i = 1, n)]
end function

subroutine find(text, letter, at)
  implicit none
  character(len=*), intent(in) :: text
  character, intent(in) :: letter
  integer, allocatable, intent(out) :: at(:)
  integer :: i
  allocate(at(0))
  do i = 1, len(text)
    if (text(i:i) == letter) at = [at, i]
  end do
end subroutine

function widest(words) result(r)
  implicit none
  character(len=*), intent(in) :: words(:)
  character(len=:), allocatable :: r
  integer :: i
  r = ''
  do i = 1, size(words)
    if (len_trim(words(i)) > len(r)) r = trim(words(i))
  end do
end function
