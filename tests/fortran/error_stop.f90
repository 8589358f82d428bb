! Covers: ERROR STOP with a text: the text on standard error, status 1.
! Requires: runtime
! Status: 1
! Stderr: nothing to do
program error_stop
  implicit none
  print '(a)', 'before'
  call fail(len('abc'))
contains
  subroutine fail(n)
    integer, intent(in) :: n
    if (n == 3) error stop 'nothing to do'
    print '(a)', 'after'
  end subroutine
end program
