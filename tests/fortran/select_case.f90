! Covers: SELECT CASE on integers, ranges and logicals; EXIT and CYCLE of named loops; DO WHILE; BLOCK; negative steps.
integer function classify(n)
  implicit none
  integer, intent(in) :: n
  select case (n)
  case (:-1)
    classify = -1
  case (0, 7, 9:12)
    classify = 1
  case (100:)
    classify = 3
  case default
    classify = 2
  end select
end function

integer function loops(limit)
  implicit none
  integer, intent(in) :: limit
  integer :: i, j
  loops = 0
  outer: do i = limit, 1, -2
    inner: do j = 1, limit
      if (mod(i + j, 3) == 0) cycle inner
      if (j > i) cycle outer
      loops = loops + j
      if (loops > 60) exit outer
    end do inner
  end do outer
  block
    integer :: i
    i = 1
    do while (i < loops)
      i = i * 2
    end do
    loops = loops * 1000 + i
  end block
end function
