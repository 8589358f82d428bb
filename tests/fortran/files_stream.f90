! Covers: stream access: positions, INQUIRE POS and SIZE, mixed types, formatted streams, non-advancing I/O, EOR.
! Requires: runtime
program files_stream
  use, intrinsic :: iso_fortran_env, only: iostat_end, iostat_eor
  implicit none
  integer :: unit, n, position, size, status, got
  integer(1) :: byte
  character(len=5) :: text
  character(len=4) :: part
  real(8) :: x
  open (newunit=unit, file='bytes.bin', access='stream', form='unformatted', status='replace')
  write (unit) 'header', 258, 2.5d0
  write (unit, pos=3) 'XY'
  inquire (unit, pos=position, size=size)
  print '(2i4)', position, size
  read (unit, pos=1) text
  print '(a)', text
  read (unit, pos=7) byte
  print '(i4)', byte
  read (unit, pos=7) n, x
  print '(i4,f6.2)', n, x
  read (unit, iostat=status) byte
  print '(l2)', status == iostat_end
  close (unit, status='delete')
  open (newunit=unit, file='lines.txt', access='stream', form='formatted', status='replace')
  write (unit, '(a)', advance='no') 'one,'
  write (unit, '(a)', advance='no') 'two'
  write (unit, '(a)') ',three'
  write (unit, '(a)') 'second line'
  rewind unit
  do
    read (unit, '(a)', advance='no', size=got, iostat=status) part
    if (status == iostat_eor) then
      print '(a,i2)', 'record ends after', got
      cycle
    end if
    if (status /= 0) exit
    print '("[",a,"]",i2)', part, got
  end do
  print '(l2)', status == iostat_end
  close (unit, status='delete')
end program
