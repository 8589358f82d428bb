! Covers: CLASS, CLASS(*), SELECT TYPE, allocation by type and source, SAME_TYPE_AS, EXTENDS_TYPE_OF, polymorphic arrays.
! Requires: runtime
module animals
  implicit none
  type :: animal
    integer :: legs = 4
  contains
    procedure :: sound
  end type
  type, extends(animal) :: bird
    logical :: flies = .true.
  contains
    procedure :: sound => bird_sound
  end type
  type :: cage
    class(animal), allocatable :: inside
  end type
contains
  function sound(self) result(s)
    class(animal), intent(in) :: self
    character(len=:), allocatable :: s
    s = 'grunt'
  end function
  function bird_sound(self) result(s)
    class(bird), intent(in) :: self
    character(len=:), allocatable :: s
    s = merge('tweet', 'honk ', self%flies)
  end function
end module

program polymorphism
  use animals
  implicit none
  type(cage) :: zoo(3)
  class(animal), allocatable :: copy
  integer :: i
  allocate(animal :: zoo(1)%inside)
  allocate(bird :: zoo(2)%inside)
  allocate(zoo(3)%inside, source=bird(legs=2, flies=.false.))
  do i = 1, 3
    select type (a => zoo(i)%inside)
    type is (animal)
      print '(a,i3)', 'animal ' // a%sound(), a%legs
    class is (bird)
      print '(a,i3,l3)', 'bird ' // a%sound(), a%legs, a%flies
    end select
  end do
  copy = zoo(3)%inside
  print '(a,2l3)', copy%sound(), same_type_as(copy, zoo(2)%inside), extends_type_of(zoo(1)%inside, copy)
  call show(5)
  call show(2.5)
  call show('text')
  call show(copy)
contains
  subroutine show(x)
    class(*), intent(in) :: x
    select type (x)
    type is (integer)
      print '(a,i4)', 'integer', x
    type is (real)
      print '(a,f6.2)', 'real', x
    type is (character(*))
      print '(a,i4)', 'text ' // x, len(x)
    class default
      print '(a)', 'something else'
    end select
  end subroutine
end program
