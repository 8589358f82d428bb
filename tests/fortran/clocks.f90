! Covers: DATE_AND_TIME, SYSTEM_CLOCK, CPU_TIME: values that make sense.
! Requires: runtime
program clocks
  implicit none
  character(len=8) :: date
  character(len=10) :: time
  character(len=5) :: zone
  integer :: values(8), rate, year, status
  integer(8) :: before, after, fast
  real(8) :: t0, t1, x
  call date_and_time(date, time, zone, values)
  read (date(1:4), *, iostat=status) year
  print '(2l2)', status == 0, year == values(1)
  print '(l2)', values(1) >= 1970 .and. values(1) < 3000
  print '(4l2)', values(2) >= 1, values(2) <= 12, values(3) >= 1, values(3) <= 31
  print '(3l2)', values(5) < 24, values(6) < 60, values(7) <= 60
  print '(3l2)', verify(time(1:6), '0123456789') == 0, time(7:7) == '.', scan(zone(1:1), '+-') == 1
  call system_clock(before, fast)
  call cpu_time(t0)
  x = work(200000)
  call cpu_time(t1)
  call system_clock(after)
  print '(3l2)', fast > 0, after >= before, (after - before) / fast < 60
  print '(3l2)', t0 >= 0, t1 >= t0, x > 0
  call system_clock(count_rate=rate)
  print '(l2)', rate > 0
contains
  real(8) function work(n)
    integer, intent(in) :: n
    integer :: i
    work = 0
    do i = 1, n
      work = work + 1.0d0 / i
    end do
  end function
end program
