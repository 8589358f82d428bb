! Covers: explicit-shape, adjustable, assumed-size and automatic arrays from C; lower bounds; matrices by columns.
subroutine transpose_into(a, b, rows, columns)
  implicit none
  integer, intent(in) :: rows, columns
  real(8), intent(in) :: a(rows, columns)
  real(8), intent(out) :: b(columns, *)
  integer :: i, j
  do j = 1, columns
    do i = 1, rows
      b(j, i) = a(i, j)
    end do
  end do
end subroutine

real(8) function centred(x, n)
  implicit none
  integer, intent(in) :: n
  real(8), intent(in) :: x(-n:n)
  real(8) :: work(-n:n)
  integer :: i
  do i = -n, n
    work(i) = x(i) - x(0)
  end do
  centred = 0
  do i = -n, n
    centred = centred + i * work(i)
  end do
end function

subroutine cube(a, n)
  implicit none
  integer, intent(in) :: n
  integer, intent(out) :: a(0:n-1, n, 2:n+1)
  integer :: i, j, k
  do k = 2, n + 1
    do j = 1, n
      do i = 0, n - 1
        a(i, j, k) = i + 10 * j + 100 * k
      end do
    end do
  end do
end subroutine
