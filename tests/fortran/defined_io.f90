! Covers: input and output of derived types by their own procedures, DT edit descriptors, list-directed
! Requires: runtime
module angles
  implicit none
  type angle
    integer :: degrees = 0, minutes = 0
  contains
    procedure :: put, get
    generic :: write(formatted) => put
    generic :: read(formatted) => get
  end type
contains
  subroutine put(value, unit, kind, widths, status, message)
    class(angle), intent(in) :: value
    integer, intent(in) :: unit, widths(:)
    character(*), intent(in) :: kind
    integer, intent(out) :: status
    character(*), intent(inout) :: message
    if (size(widths) == 1) then
      write(unit, '(a,i0,a)', iostat=status, iomsg=message) kind(3:), widths(1), ':'
      if (status /= 0) return
    end if
    write(unit, '(i0,a,i2.2)', iostat=status, iomsg=message) value%degrees, 'd', value%minutes
  end subroutine
  subroutine get(value, unit, kind, widths, status, message)
    class(angle), intent(inout) :: value
    integer, intent(in) :: unit, widths(:)
    character(*), intent(in) :: kind
    integer, intent(out) :: status
    character(*), intent(inout) :: message
    read(unit, '(i3,1x,i2)', iostat=status, iomsg=message) value%degrees, value%minutes
    if (value%minutes > 59) then
      status = 101
      message = 'too many minutes in ' // kind(1:2) // achar(48 + size(widths))
    end if
  end subroutine
end module
program defined_io
  use angles
  implicit none
  type(angle) :: here, there(2)
  character(40) :: text
  integer :: status
  character(60) :: message
  here = angle(41, 7)
  print '(a,dt)', 'at ', here
  print '(dt"north"(5))', here
  write(text, '(dt,1x,i3)') here, 5
  print '(a)', trim(text)
  there = [angle(1, 2), angle(3, 4)]
  print '(2(dt,:,"; "))', there
  text = '  3d09'
  read(text, '(dt)') here
  print '(dt)', here
  text = '012x30'
  read(text, '(dt)') here
  print '(dt)', here
  message = ''
  text = '012x77'
  read(text, '(dt)', iostat=status, iomsg=message) here
  print '(i0,1x,a)', status, trim(message)
end program
