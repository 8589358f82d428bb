! Covers: a module used from C alone: module procedures with BIND(C), module state, SAVE, allocation of work by the caller.
module statistics
  use iso_c_binding, only: c_double, c_int
  implicit none
  real(c_double), save :: mean = 0, m2 = 0
  integer(c_int), save :: n = 0
contains
  subroutine stat_push(x) bind(c)
    real(c_double), value :: x
    real(c_double) :: delta
    n = n + 1
    delta = x - mean
    mean = mean + delta / n
    m2 = m2 + delta * (x - mean)
  end subroutine

  function stat_variance() bind(c) result(v)
    real(c_double) :: v
    v = 0
    if (n > 1) v = m2 / (n - 1)
  end function

  subroutine stat_sorted(count, x, work) bind(c)
    integer(c_int), value :: count
    real(c_double), intent(in) :: x(count)
    real(c_double), intent(out) :: work(count)
    real(c_double) :: kept
    integer :: i, j
    work = x
    do i = 2, count
      kept = work(i)
      do j = i - 1, 1, -1
        if (work(j) <= kept) exit
        work(j + 1) = work(j)
      end do
      work(j + 1) = kept
    end do
  end subroutine
end module
