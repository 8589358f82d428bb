! Covers: derived types: constructors with keywords, defaults, nesting, arrays of types, SEQUENCE, parameters, ASSOCIATE.
! Requires: runtime
program derived_types
  implicit none
  type :: vector
    real :: x = 0, y = 0, z = 0
  end type
  type :: particle
    type(vector) :: at, speed
    integer(8) :: id = -1
    character(len=6) :: name = 'none'
  end type
  type :: packed
    sequence
    integer :: i
    real(8) :: d
    logical :: l
  end type
  type(vector), parameter :: up = vector(z=1.0)
  type(particle) :: p(3)
  type(packed) :: q
  integer :: i
  p(1) = particle(vector(1, 2, 3), up, 10_8**12, 'first')
  p(2) = particle(at=vector(y=5.0), speed=vector(), name='second')
  do i = 1, 3
    print '(a,6f6.2,i15)', p(i)%name, p(i)%at, p(i)%speed, p(i)%id
  end do
  p(:)%at%x = p(:)%at%x + [0.5, 1.5, 2.5]
  print '(3f6.2)', p%at%x
  associate (v => p(1)%speed, n => size(p))
    v%x = n
    print '(3f6.2)', p(1)%speed
  end associate
  q = packed(7, 0.125d0, .true.)
  print *, q
  print '(f6.2)', length(p(1)%at)
contains
  pure real function length(v)
    type(vector), intent(in) :: v
    length = sqrt(v%x ** 2 + v%y ** 2 + v%z ** 2)
  end function
end program
