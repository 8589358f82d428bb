! Covers: C_PTR, C_LOC, C_F_POINTER with shapes, C_ASSOCIATED, C_NULL_PTR, C_SIZE_T and C_LONG as C has them, void pointers.
subroutine scale_matrix(data, rows, columns, by) bind(c)
  use iso_c_binding
  implicit none
  type(c_ptr), value :: data
  integer(c_size_t), value :: rows, columns
  real(c_double), value :: by
  real(c_double), pointer :: a(:, :)
  integer :: j
  if (.not. c_associated(data)) return
  call c_f_pointer(data, a, [rows, columns])
  do j = 1, size(a, 2)
    a(:, j) = a(:, j) * by + j
  end do
end subroutine

function kind_sizes() bind(c) result(r)
  use iso_c_binding
  implicit none
  integer(c_int) :: r
  integer(c_long) :: l
  integer(c_size_t) :: s
  type(c_ptr) :: p
  integer(c_intptr_t) :: i
  type(c_funptr) :: f
  r = int(c_sizeof(l) + 16 * c_sizeof(s) + 256 * c_sizeof(p) + 4096 * c_sizeof(i) + 65536 * c_sizeof(f))
end function

function long_product(a, b) bind(c) result(r)
  use iso_c_binding
  implicit none
  integer(c_long), value :: a
  integer(c_size_t), value :: b
  integer(c_long) :: r
  r = a * int(b, c_long)
end function

function largest(n, x) bind(c) result(p)
  use iso_c_binding
  implicit none
  integer(c_int), value :: n
  real(c_float), intent(in), target :: x(n)
  type(c_ptr) :: p
  integer :: i, best
  p = c_null_ptr
  if (n == 0) return
  best = 1
  do i = 2, n
    if (x(i) > x(best)) best = i
  end do
  p = c_loc(x(best))
end function
