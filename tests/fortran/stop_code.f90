! Covers: STOP with an integer code: output before it is written, nothing after it runs, the code is the exit status.
! Requires: runtime
! Status: 7
program stop_code
  implicit none
  integer :: i
  do i = 1, 5
    print '(a,i2)', 'step', i
    if (i == 3) stop 7
  end do
end program
