! Covers: direct access files, formatted and unformatted, records in any order, INQUIRE of IOLENGTH, RECL and NEXTREC.
! Requires: runtime
program files_direct
  implicit none
  integer :: unit, length, i, n, next, status
  real(8) :: x
  character(len=8) :: text
  inquire (iolength=length) n, x
  print '(i4)', length
  open (newunit=unit, file='records.bin', access='direct', recl=length, status='replace')
  do i = 5, 1, -1
    write (unit, rec=i) i * i, i / 4.0d0
  end do
  read (unit, rec=3) n, x
  print '(i4,f8.3)', n, x
  write (unit, rec=3) -1, -1.0d0
  read (unit, rec=4) n
  print '(i4)', n
  inquire (unit, nextrec=next, recl=n)
  print '(2i4)', next, n
  do i = 1, 5
    read (unit, rec=i) n, x
    print '(i4,f8.3)', n, x
  end do
  read (unit, rec=9, iostat=status) n
  print '(l2)', status /= 0
  close (unit, status='delete')
  open (newunit=unit, file='records.txt', access='direct', form='formatted', recl=8, status='replace')
  write (unit, '(a,i4)', rec=2) 'two ', 2
  write (unit, '(a,i4)', rec=1) 'one ', 1
  read (unit, '(a)', rec=2) text
  print '("[",a,"]")', text
  read (unit, '(4x,i4)', rec=1) n
  print '(i4)', n
  close (unit, status='delete')
end program
