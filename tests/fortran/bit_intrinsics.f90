! Covers: bit intrinsics: IAND IOR IEOR NOT ISHFT ISHFTC IBSET IBCLR IBITS BTEST MVBITS POPCNT LEADZ TRAILZ SHIFTA MERGE_BITS.
subroutine bits(a, b, out)
  implicit none
  integer, intent(in) :: a, b
  integer, intent(out) :: out(20)
  integer :: moved
  out(1) = iand(a, b)
  out(2) = ior(a, b)
  out(3) = ieor(a, b)
  out(4) = not(a)
  out(5) = ishft(a, 5)
  out(6) = ishft(a, -5)
  out(7) = ishftc(a, 9)
  out(8) = ishftc(a, 3, 12)
  out(9) = ibset(a, 30)
  out(10) = ibclr(a, 3)
  out(11) = ibits(a, 8, 12)
  out(12) = merge(1, 0, btest(b, 4))
  moved = 0
  call mvbits(a, 4, 10, moved, 17)
  out(13) = moved
  out(14) = popcnt(a) * 100 + poppar(b)
  out(15) = leadz(b)
  out(16) = trailz(b)
  out(17) = shifta(a, 7)
  out(18) = merge_bits(a, b, 255)
  out(19) = dshiftl(a, b, 8)
  out(20) = maskr(5) + maskl(2)
end subroutine

integer(8) function bits_wide(a)
  implicit none
  integer(8), intent(in) :: a
  bits_wide = popcnt(a) + 1000 * leadz(a) + ishft(ibits(a, 40, 8), 20)
end function
