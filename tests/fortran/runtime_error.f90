! Covers: an error of the I/O library that the program does not handle ends it with a message and a status.
! Requires: runtime
! Status: nonzero
! Stderr: fatal Fortran runtime error
program runtime_error
  implicit none
  integer :: n
  character(len=9) :: text = 'no number'
  print '(a)', 'reading'
  read (text, *) n
  print '(i4)', n
end program
