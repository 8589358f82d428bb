! Covers: character intrinsics: INDEX SCAN VERIFY ADJUSTL ADJUSTR TRIM LEN_TRIM REPEAT ICHAR IACHAR CHAR ACHAR LGE LLT, comparison.
! Requires: runtime
program character_intrinsics
  implicit none
  character(len=12) :: text = '  banana   '
  character(len=4) :: words(3) = ['pear', 'fig ', 'kiwi']
  integer :: i
  print '(4i4)', index(text, 'an'), index(text, 'an', back=.true.), index(text, 'x'), index(text, '')
  print '(3i4)', scan(text, 'nb'), scan(text, 'nb', .true.), scan(text, 'q')
  print '(3i4)', verify(text, ' '), verify(text, ' ', back=.true.), verify('aaa', 'a')
  print '("[",a,"][",a,"]")', adjustl(text), adjustr(text)
  print '("[",a,"]",2i4)', trim(adjustl(text)), len(trim(text)), len_trim(text)
  print '(a)', repeat('ab', 4) // repeat('x', 0) // '|'
  print '(3i4,2a2)', ichar('a'), iachar('Z'), ichar(char(200)), char(65), achar(66)
  print '(4l2)', 'abc' < 'abd', 'abc' == 'abc  ', lge('b', 'a'), llt('a', 'B')
  print '(6l2)', words < 'h', words(1) > words(2), words(2) == 'fig', 'ab' /= 'ab '
  print '(3i3)', len_trim(words), index(words, 'i')
  print '(a)', (words(i)(2:3) // '.', i = 1, 3)
  print '(2a5)', max('pear', 'plum'), min('zebra', 'ant', 'bee')
  text(3:5) = 'XYZWV'
  print '("[",a,"]",l2)', text, new_line('a') == char(10)
end program
