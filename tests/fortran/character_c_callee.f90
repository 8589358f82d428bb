! Covers: Fortran that calls C procedures with CHARACTER arguments over implicit interfaces.
subroutine call_c(total)
  implicit none
  integer, intent(out) :: total
  integer, external :: code_of
  character(len=6) :: buffer
  buffer = 'AbCdEf'
  call lower_three(buffer(4:6))
  call lower_three(buffer(1:3))
  total = code_of('Q', 2) + code_of(buffer(1:1), 1)
end subroutine
