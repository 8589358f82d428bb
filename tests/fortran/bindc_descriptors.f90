! Covers: CFI descriptors: assumed-shape dummies of BIND(C) procedures, made by C and by Fortran.
! Requires: runtime
module descriptors
  use iso_c_binding
  implicit none
  interface
    function c_describe(a) bind(c) result(r)
      import :: c_double
      real(c_double), intent(in) :: a(:, :)
      real(c_double) :: r
    end function
  end interface
contains
  function weigh(x) bind(c) result(r)
    real(c_double), intent(in) :: x(:)
    real(c_double) :: r
    integer :: i
    r = 0
    do i = 1, size(x)
      r = r + i * x(i)
    end do
  end function

  function describe_sections() bind(c) result(r)
    real(c_double) :: r, a(4, 5)
    integer :: i, j
    do j = 1, 5
      do i = 1, 4
        a(i, j) = 10 * i + j
      end do
    end do
    r = c_describe(a) + c_describe(a(2:4:2, 5:1:-2))
  end function
end module
