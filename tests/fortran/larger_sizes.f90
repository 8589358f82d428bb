! Covers: larger work: a heap array of 8 MB, a stack array of 64 KB, sums that need 64-bit integers, deep recursion.
! Requires: runtime
program larger_sizes
  implicit none
  real(8), allocatable :: a(:, :)
  integer(8) :: total
  integer :: i
  allocate(a(1000, 1000))
  do i = 1, 1000
    a(:, i) = i
  end do
  print '(f14.1)', sum(a)
  total = 0
  do i = 1, 100000
    total = total + int(i, 8) ** 2
  end do
  print '(i20)', total
  print '(i8)', local(8192)
  print '(i8)', depth(2000)
contains
  integer function local(n)
    integer, intent(in) :: n
    integer :: work(n, 2)
    work(:, 1) = 1
    work(:, 2) = 2
    local = sum(work)
  end function
  recursive integer function depth(n) result(r)
    integer, intent(in) :: n
    r = 0
    if (n > 0) r = 1 + depth(n - 1)
  end function
end program
