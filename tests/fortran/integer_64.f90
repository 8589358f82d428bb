! Covers: INTEGER*8 arguments, results and arithmetic, mixed kinds, INTEGER*1 and *2, by value too.
integer(8) function fibonacci(n)
  implicit none
  integer, intent(in) :: n
  integer(8) :: a, b, c
  integer :: i
  a = 0
  b = 1
  do i = 1, n
    c = a + b
    a = b
    b = c
  end do
  fibonacci = a
end function

integer*8 function mixed(a, b, c, d)
  implicit none
  integer*1, intent(in) :: a
  integer*2, intent(in) :: b
  integer*4, intent(in) :: c
  integer*8, intent(in) :: d
  mixed = d / c + mod(d, int(b, 8)) * a
end function

function shifted(value, by) bind(c) result(r)
  use iso_c_binding, only: c_int64_t, c_int
  implicit none
  integer(c_int64_t), value :: value
  integer(c_int), value :: by
  integer(c_int64_t) :: r
  r = ior(ishft(value, by), ishft(value, by - 64))
end function
