! Covers: sequential files, formatted and unformatted: OPEN, WRITE, REWIND, BACKSPACE, READ, INQUIRE, append, CLOSE, DELETE.
! Requires: runtime
program files_sequential
  implicit none
  integer :: unit, i, status, n
  real(8) :: x, row(3)
  character(len=20) :: text
  logical :: there, is_open
  open (newunit=unit, file='words.txt', status='replace', action='readwrite')
  do i = 1, 4
    write (unit, '(a,i0)') 'record ', i
  end do
  rewind unit
  n = 0
  do
    read (unit, '(a)', iostat=status) text
    if (status /= 0) exit
    n = n + 1
    print '(i2,1x,a)', n, trim(text)
  end do
  print '(l2)', is_iostat_end(status)
  backspace unit
  backspace unit
  read (unit, '(a)') text
  print '(a)', trim(text)
  close (unit)
  open (unit=11, file='words.txt', status='old', position='append')
  write (11, '(a)') 'appended'
  inquire (11, opened=is_open, name=text)
  print '(l2)', is_open
  close (11)
  open (12, file='words.txt', action='read')
  do i = 1, 5
    read (12, '(a)') text
  end do
  print '(a)', trim(text)
  close (12, status='delete')
  inquire (file='words.txt', exist=there)
  print '(l2)', there
  open (20, file='numbers.bin', form='unformatted', status='replace')
  do i = 1, 3
    write (20) i, [1.5d0, 2.5d0, 3.5d0] * i
  end do
  rewind 20
  read (20)
  read (20) n, row
  print '(i3,3f6.2)', n, row
  read (20) n, x
  print '(i3,f6.2)', n, x
  read (20, end=30) n
30 print '(a)', 'end of file'
  close (20, status='delete')
  open (21, file='missing/none.txt', status='old', iostat=status)
  print '(l2)', status > 0
end program
