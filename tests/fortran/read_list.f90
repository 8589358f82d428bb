! Covers: list-directed and formatted READ from standard input: separators, repeats, nulls, slashes, END and ERR branches, IOSTAT.
! Requires: runtime
! Input: 1 2,3
! Input: 2*7 , , 'quoted text' T
! Input: 1.5e2 (1.0,-2.0) /
! Input:   12 34.50abc
! Input: one two
! Input: not-a-number
program read_list
  implicit none
  integer :: a, b, c, d = -1, e, status
  real :: x, y = 99
  complex :: z
  logical :: l
  character(len=12) :: text
  character(len=3) :: word
  character(len=80) :: line, message
  read (*, *) a, b, c
  print '(3i4)', a, b, c
  read *, a, b, d, text, l
  print '(3i4,1x,a,l2)', a, b, d, text, l
  read (*, *) x, z, y
  print '(4f8.2)', x, z, y
  read (*, '(i4,1x,f5.2,a3)') e, x, word
  print '(i4,f8.2,1x,a)', e, x, word
  read (*, '(a)') line
  print '(a,i4)', trim(line), len_trim(line)
  read (*, *, iostat=status, iomsg=message) a
  print '(2l2)', status > 0, len_trim(message) > 0
  read (*, *, end=10) a
  print '(a)', 'not reached'
10 print '(a)', 'end'
end program
