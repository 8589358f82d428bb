! Covers: the shape of BLAS code from C: leading dimensions, CHARACTER*1 options, early returns, nested loops, LSAME.
logical function same_letter(a, b)
  implicit none
  character(len=1), intent(in) :: a, b
  integer :: ia, ib
  ia = ichar(a)
  ib = ichar(b)
  if (ia >= 97 .and. ia <= 122) ia = ia - 32
  if (ib >= 97 .and. ib <= 122) ib = ib - 32
  same_letter = ia == ib
end function

subroutine multiply(transa, m, n, k, alpha, a, lda, b, ldb, beta, c, ldc, info)
  implicit none
  character(len=1), intent(in) :: transa
  integer, intent(in) :: m, n, k, lda, ldb, ldc
  double precision, intent(in) :: alpha, beta, a(lda, *), b(ldb, *)
  double precision, intent(inout) :: c(ldc, *)
  integer, intent(out) :: info
  logical, external :: same_letter
  logical :: transposed
  double precision :: t
  integer :: i, j, l
  transposed = same_letter(transa, 'T')
  info = 0
  if (.not. transposed .and. .not. same_letter(transa, 'N')) then
    info = 1
  else if (ldc < max(1, m)) then
    info = 12
  end if
  if (info /= 0) return
  do j = 1, n
    do i = 1, m
      t = 0
      do l = 1, k
        if (transposed) then
          t = t + a(l, i) * b(l, j)
        else
          t = t + a(i, l) * b(l, j)
        end if
      end do
      c(i, j) = alpha * t + beta * c(i, j)
    end do
  end do
end subroutine
