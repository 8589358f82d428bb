! Covers: CHARACTER arguments over implicit interfaces, where the caller cannot know the callee's declarations.
! Sources: character_calls_callees.f90
subroutine run_calls(out, total)
  implicit none
  character(len=24), intent(inout) :: out
  integer, intent(out) :: total
  character(len=8) :: buffer
  integer, external :: length_of, first_code
  external :: copy_fixed, copy_assumed
  buffer = 'abcdefgh'
  total = length_of(buffer) + 10 * length_of(buffer(3:5)) + 100 * length_of('literals')
  total = total + 1000 * first_code(buffer(2:2))
  call copy_fixed('UVWX', out(1:4))
  call copy_assumed('uvwxyz', out(5:12))
  call copy_assumed(out(1:4), out(13:14))
  call copy_assumed('', out(15:16))
  call copy_fixed(buffer(5:), out(17:20))
end subroutine
