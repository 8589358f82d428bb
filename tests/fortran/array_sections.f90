! Covers: sections with strides (positive, negative), passed to assumed-size dummies (copied in and out) and assigned.
! Requires: runtime
subroutine halve(x, n)
  implicit none
  integer, intent(in) :: n
  real, intent(inout) :: x(*)
  integer :: i
  do i = 1, n
    x(i) = x(i) / 2 + i
  end do
end subroutine

subroutine sections(a, b)
  implicit none
  real, intent(inout) :: a(12)
  real, intent(inout) :: b(3, 4)
  call halve(a(2:12:3), 4)
  call halve(b(2, :), 4)
  call halve(b(1:3:2, 3), 2)
  a(1:3) = a(12:10:-1)
  a(4:8) = a(5:9)
  b(:, 1) = a(1:9:4)
end subroutine
