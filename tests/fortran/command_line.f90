! Covers: COMMAND_ARGUMENT_COUNT, GET_COMMAND_ARGUMENT (LENGTH, STATUS), GET_COMMAND, GET_ENVIRONMENT_VARIABLE of a missing name.
! Requires: runtime
! Arguments: first second-argument 3
program command_line
  implicit none
  character(len=8) :: text
  character(len=200) :: whole
  integer :: i, length, status
  print '(i3)', command_argument_count()
  do i = 1, command_argument_count()
    call get_command_argument(i, text, length, status)
    print '(a,"|",i3,l2)', text, length, status == 0
  end do
  call get_command_argument(9, text, status=status)
  print '(2l2)', status /= 0, text == ' '
  call get_command(whole, length, status)
  print '(2l2)', length > 0, index(whole, 'second-argument') > 0
  call get_environment_variable('WASMWRIGHT_IS_NOT_SET', text, status=status)
  print '(i3)', status
end program
