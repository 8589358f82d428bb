! Covers: list-directed output: integers, reals of both kinds, complex, logical, characters, arrays over several lines.
! Requires: runtime
program list_directed
  implicit none
  integer :: i
  print *, 1, -20, 300
  print *, 1.0, 0.1, 1e10, 1e-10, 123456.7
  print *, 1d0, 0.1d0, 1d100, -1d-5, 1234567890123d0
  print *, (1.0, -2.0), (1d0, 0.5d0)
  print *, .true., .false.
  print *, 'text', ' and ', "more"
  print *, 'a', 1, 'b', 2.5
  print *, [(i, i = 1, 30)]
  print *, 10_8 ** 15, 100_2, 7_1
  print *
  write (*, *) 'write', 3
  print *, [1.5, 2.5, 3.5]
  print *, tiny(1.0), huge(1.0)
  print *, huge(1), huge(1_8)
  print *, 0.0, -0.0, 0d0
  print *, 1.0 / 3.0, 2d0 / 3d0
end program
