! Covers: COMPLEX and COMPLEX*16 function results and arguments, called from C as C99 complex.
complex function c_rotate(z)
  implicit none
  complex, intent(in) :: z
  c_rotate = cmplx(-aimag(z), real(z))
end function

complex*16 function z_rotate(z)
  implicit none
  complex*16, intent(in) :: z
  z_rotate = dcmplx(-dimag(z), dble(z))
end function

complex function c_dot(n, x, y)
  implicit none
  integer, intent(in) :: n
  complex, intent(in) :: x(n), y(*)
  integer :: i
  c_dot = 0
  do i = 1, n
    c_dot = c_dot + conjg(x(i)) * y(i)
  end do
end function

double complex function z_dot(n, x, y)
  implicit none
  integer, intent(in) :: n
  double complex, intent(in) :: x(n), y(*)
  integer :: i
  z_dot = 0
  do i = 1, n
    z_dot = z_dot + conjg(x(i)) * y(i)
  end do
end function
