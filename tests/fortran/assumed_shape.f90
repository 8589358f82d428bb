! Covers: assumed-shape dummies with sections, lower bounds, CONTIGUOUS, automatic arrays, array results, assumed rank inquiry.
! Requires: runtime
program assumed_shape
  implicit none
  real(8) :: a(4, 6)
  integer :: i, j
  a = reshape([((10.0d0 * i + j, i = 1, 4), j = 1, 6)], [4, 6])
  print '(f10.2)', total(a)
  print '(f10.2)', total(a(2:4:2, 6:1:-3))
  call scale(a(:, 3), 2.0d0)
  print '(4f8.2)', a(:, 3)
  call scale(a(1, :), -1.0d0)
  print '(6f8.2)', a(1, :)
  call bounds(a(2:3, :))
  print '(3f8.2)', running(a(2, 1:3))
  print '(f8.2)', flat(a(2:3, 2:3))
contains
  real(8) function total(x)
    real(8), intent(in) :: x(:, :)
    integer :: i, j
    total = 0
    do j = 1, size(x, 2)
      do i = 1, size(x, 1)
        total = total + x(i, j)
      end do
    end do
  end function
  subroutine scale(x, by)
    real(8), intent(inout) :: x(:)
    real(8), intent(in) :: by
    real(8) :: copy(size(x) + 1)
    copy(1) = by
    copy(2:) = x
    x = copy(2:) * copy(1)
  end subroutine
  subroutine bounds(x)
    real(8), intent(in) :: x(0:, -2:)
    print '(4i4)', lbound(x), ubound(x)
    print '(2f8.2)', x(0, -2), x(1, 3)
  end subroutine
  function running(x) result(r)
    real(8), intent(in) :: x(:)
    real(8) :: r(size(x))
    integer :: i
    do i = 1, size(x)
      r(i) = sum(x(:i))
    end do
  end function
  real(8) function flat(x)
    real(8), contiguous, intent(in) :: x(:, :)
    flat = sum(x) + maxval(x)
  end function
end program
