! Covers: RANDOM_NUMBER, RANDOM_SEED: the same seed gives the same numbers, range, mean, both kinds, arrays.
! Requires: runtime
program random_numbers
  implicit none
  integer :: n, i
  integer, allocatable :: seed(:), again(:)
  real :: a(1000), b(1000), s
  real(8) :: d(10, 10), one
  call random_seed(size=n)
  print '(l2)', n > 0
  allocate(seed(n), again(n))
  seed = [(12345 + 678 * i, i = 1, n)]
  call random_seed(put=seed)
  call random_number(a)
  call random_seed(put=seed)
  call random_number(b)
  print '(l2)', all(a == b)
  print '(2l2)', all(a >= 0), all(a < 1)
  print '(l2)', abs(sum(a) / 1000 - 0.5) < 0.05
  call random_seed(get=again)
  call random_number(s)
  call random_seed(put=again)
  call random_number(a(1))
  print '(l2)', s == a(1)
  call random_number(d)
  call random_number(one)
  print '(2l2)', all(d >= 0 .and. d < 1), one < 1
  print '(l2)', maxval(d) - minval(d) > 0.5d0
  call random_init(repeatable=.true., image_distinct=.false.)
  call random_number(s)
  print '(l2)', s >= 0 .and. s < 1
end program
