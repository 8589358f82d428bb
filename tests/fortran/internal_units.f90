! Covers: internal units: formatted and list-directed READ and WRITE to strings and arrays of strings, errors of conversion.
! Requires: runtime
program internal_units
  implicit none
  character(len=20) :: text, lines(3)
  character(len=:), allocatable :: longer
  integer :: i, n, status, numbers(3)
  real :: x
  write (text, '(i5,f8.3)') 42, 2.5
  print '("[",a,"]")', text
  read (text, *) n, x
  print '(i6,f8.4)', n, x
  write (lines, '(a,i2)') ('line', i, i = 1, 3)
  print '("[",a,"]")', lines
  read (lines(2)(5:), *) n
  print '(i3)', n
  text = '  7 , 8  9'
  read (text, *) numbers
  print '(3i3)', numbers
  text = '12345678'
  read (text, '(i3,i2,i3)') numbers
  print '(3i4)', numbers
  text = '12x'
  read (text, '(i3)', iostat=status) n
  print '(l2)', status /= 0
  text = '1 2'
  read (text, *, iostat=status) numbers
  print '(l2)', is_iostat_end(status)
  write (text, '(a)', iostat=status) 'much longer than the twenty characters there are'
  print '(l2)', status /= 0
  longer = repeat('-', 12)
  write (longer(3:10), '(z8.8)') 195948557
  print '(a)', longer
  write (text, *) .true., 3
  print '("[",a,"]")', text
  text = 'ff'
  read (text, '(z2)') n
  print '(i4)', n
end program
