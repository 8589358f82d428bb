! Covers: the other convention: with -fhidden-lengths every procedure takes the lengths, as f2py's C expects.
! Flags: -fhidden-lengths
subroutine describe(name, kind, out)
  implicit none
  character(len=*), intent(in) :: name
  character(len=2), intent(in) :: kind
  character(len=16), intent(out) :: out
  integer, external :: seen
  out = name // ':' // kind
  out(16:16) = char(ichar('0') + seen(out(1:7)))
end subroutine
