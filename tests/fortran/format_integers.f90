! Covers: I, B, O, Z, L and A edit descriptors, signs, repeat counts, groups, T/TL/TR/X, colon, slash, reversion, overflow stars.
! Requires: runtime
program format_integers
  implicit none
  integer :: i
  print '(i5,i5.3,i0,1x,i1)', 42, 42, -42, 42
  print '(sp,i5,ss,i5,s,i5)', 1, 2, 3
  print '(b8.8,1x,o6,1x,z8,1x,z8.8)', 37, 511, 48879, 48879
  print '(i20,1x,i0)', 9007199254740993_8, -huge(1_8) - 1
  print '(l1,l5,l2)', .true., .false., .true.
  print '(a,a3,a8,"|")', 'ab', 'abcdef', 'xyz'
  print '(3(i2,","),"end")', 1, 2, 3
  print '(i3,:," more")', 1
  print '(2i4)', (i, i = 1, 5)
  print '(a,t10,a,tl3,a,tr2,a)', 'one', 'two', 'T', 'four'
  print '(a/a//a)', 'line', 'next', 'last'
  print '("quote ''x''",1x,''and "y"'')'
  print '(*(i0,:,"-"))', (i * i, i = 1, 6)
  print '(i3.0,"|")', 0
  print '(i2,i8)', -123, -123
  print '(1x,2(i2,2(a1,i1),";"))', 1, 'a', 2, 'b', 3, 4, 'c', 5, 'd', 6
  print '(i4,i4)', 5_1, 6_2
end program
