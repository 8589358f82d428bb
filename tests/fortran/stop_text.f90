! Covers: STOP with a text and status 0, and STOP, QUIET of a variable code is not reached.
! Requires: runtime
! Stderr: all done
program stop_text
  implicit none
  integer :: code
  code = 0
  print '(a)', 'working'
  if (code == 0) stop 'all done'
  stop code, quiet=.true.
end program
