! Covers: WHERE with ELSEWHERE and masks, nested; FORALL; DO CONCURRENT with masks and locality; array expressions and overlap.
! Requires: runtime
program where_forall
  implicit none
  integer :: a(6) = [-3, 5, 0, 8, -1, 2], b(6), m(4, 4), i, j, total
  real :: x(5) = [4.0, -9.0, 16.0, 0.0, 25.0], y(5)
  where (a > 3)
    b = a * 10
  elsewhere (a < 0)
    b = -a
  elsewhere
    b = 0
  end where
  print '(6i4)', b
  where (x >= 0) y = sqrt(x)
  where (x < 0)
    y = -1
    where (x < -5) y = -2
  end where
  print '(5f6.2)', y
  m = 0
  forall (i = 1:4, j = 1:4, i /= j) m(i, j) = 10 * i + j
  forall (i = 1:4)
    m(i, i) = -i
  end forall
  print '(4i4)', m
  forall (i = 2:6) a(i) = a(i - 1) + a(i)
  print '(6i4)', a
  do concurrent (i = 1:4, j = 1:4, mod(i + j, 2) == 0)
    m(i, j) = 0
  end do
  print '(i5)', sum(m)
  total = 0
  do concurrent (i = 1:3) local(j)
    j = i * i
    b(i) = j
  end do
  print '(3i4)', b(1:3)
  a(2:6) = a(1:5)
  a(1:3) = a(3:1:-1) + a(1:3)
  print '(6i4)', a
end program
