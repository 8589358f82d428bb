! Covers: ISO_FORTRAN_ENV: kinds, units, storage sizes; KIND parameters, STORAGE_SIZE, C_SIZEOF, TRANSFER.
! Requires: runtime
program iso_environment
  use, intrinsic :: iso_fortran_env
  use, intrinsic :: iso_c_binding, only: c_sizeof, c_int, c_double
  implicit none
  integer(int64) :: wide
  integer(int8) :: bytes(8)
  real(real64) :: r = 1.0_real64
  type :: mixed
    integer(int8) :: a
    real(real64) :: b
  end type
  type(mixed) :: m
  print '(4i3)', int8, int16, int32, int64
  print '(2i3)', real32, real64
  print '(3i3)', input_unit, output_unit, error_unit
  print '(3i4)', character_storage_size, numeric_storage_size, file_storage_size
  print '(5i4)', storage_size(1), storage_size(1d0), storage_size('abc'), storage_size(.true.), storage_size(m)
  print '(2i4)', c_sizeof(1_c_int), c_sizeof([1.0_c_double, 2.0_c_double])
  wide = transfer(r, wide)
  print '(z16.16)', wide
  bytes = transfer(wide, bytes)
  print '(8i4)', bytes
  print '(f8.3)', transfer(1078530011, 1.0)
  print '(a)', transfer([1684234849, 1751606885], 'abcdefgh')
  write (output_unit, '(a)') 'unit'
  print '(2l2)', len(compiler_version()) > 0, iostat_end < 0
end program
