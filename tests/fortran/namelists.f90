! Covers: NAMELIST output to a string and input of scalars, arrays, partial arrays, strings, repeats, derived types.
! Requires: runtime
program namelists
  implicit none
  type :: span
    integer :: low = 0, high = 0
  end type
  integer :: n = 1, grid(4) = 0
  real :: weight = 0.5
  logical :: active = .false.
  character(len=10) :: label = 'none'
  complex :: z = (0, 0)
  type(span) :: range
  character(len=80) :: input(4), output(12)
  integer :: i, status
  namelist /run/ n, grid, weight, active, label, z, range
  namelist /small/ n, label
  input(1) = ' &RUN n = 42, grid(2:3) = 7 8, weight=1.25e1'
  input(2) = '   label = ''two words'', active = T ! a comment'
  input(3) = '   range%high = 9, z = (1.0, -1.0), grid(4) = 3'
  input(4) = ' /'
  read (input, nml=run)
  print '(i4,4i3,f8.3,l2,1x,a)', n, grid, weight, active, label
  print '(2f5.1,2i3)', z, range
  write (output, nml=small)
  do i = 1, 12
    if (output(i) == '') exit
    print '(a)', trim(output(i))
    if (index(output(i), '/') > 0) exit
  end do
  input = ' '
  input(1) = ' &small n = 3, wrong = 4 /'
  read (input, nml=small, iostat=status)
  print '(l2)', status /= 0
  input(1) = ' &run grid = 2*5, 1*6 /'
  read (input, nml=run)
  print '(4i3)', grid
end program
