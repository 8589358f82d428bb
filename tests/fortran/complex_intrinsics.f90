! Covers: complex intrinsics (abs, sqrt, exp, log, sin, cos, conjg), single and double, at values that are not constants.
subroutine c_intrinsics(z, out)
  implicit none
  complex, intent(in) :: z
  complex, intent(out) :: out(7)
  out(1) = abs(z)
  out(2) = sqrt(z)
  out(3) = exp(z)
  out(4) = log(z)
  out(5) = sin(z)
  out(6) = cos(z)
  out(7) = conjg(z)
end subroutine

subroutine z_intrinsics(z, out)
  implicit none
  complex(8), intent(in) :: z
  complex(8), intent(out) :: out(7)
  out(1) = abs(z)
  out(2) = sqrt(z)
  out(3) = exp(z)
  out(4) = log(z)
  out(5) = sin(z)
  out(6) = cos(z)
  out(7) = conjg(z)
end subroutine

real(8) function abs_sum(n, z)
  implicit none
  integer, intent(in) :: n
  complex(8), intent(in) :: z(n)
  integer :: i
  abs_sum = 0
  do i = 1, n
    abs_sum = abs_sum + abs(z(i))
  end do
end function
