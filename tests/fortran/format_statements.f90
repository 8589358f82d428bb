! Covers: FORMAT statements, non-advancing input and output, scratch files, ENDFILE
! Requires: runtime
program format_statements
  implicit none
  integer :: i, status, length
  character(8) :: word
  real :: x(3)
  open(11, status='scratch', action='readwrite')
  do i = 1, 3
    write(11, 100) i, real(i) / 3, i > 1
  end do
  endfile(11)
  rewind(11)
  do
    read(11, 200, iostat=status) i, x(1)
    if (status /= 0) exit
    write(*, 300) i, x(1)
  end do
  print '(l1)', is_iostat_end(status)
  close(11)
  x = [1.0, -2.5, 1e6]
  write(*, 400) x
  write(*, '(a)', advance='no') 'one '
  write(*, '(a,i0)', advance='no') 'two ', 2
  write(*, '(a)') ' end'
  open(11, status='scratch')
  write(11, '(a)') 'alpha be'
  write(11, '(a)') 'gamma'
  rewind(11)
  do i = 1, 2
    do
      word = ''
      read(11, '(a3)', advance='no', size=length, iostat=status) word
      write(*, '(a,i2)') '[' // word(:length) // ']', length
      if (is_iostat_eor(status)) exit
    end do
  end do
  close(11)
100 format ('row', i4, 2x, f8.4, l3)
200 format (3x, i4, 2x, f8.4)
300 format (1x, 'read', i3, ' =', f7.3)
400 format (3(1pe11.3, :, ','), /, 'next', tr2, 'line')
end program
