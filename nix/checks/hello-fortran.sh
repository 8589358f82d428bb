# shellcheck shell=bash
cat > old.f <<'F'
      DOUBLE PRECISION FUNCTION DNORM(UPLO, N, X, Z)
      CHARACTER UPLO
      INTEGER N, I
      DOUBLE PRECISION X(*), SCALE
      COMPLEX*16 Z
      COMMON /PARAMS/ SCALE
      LOGICAL LSAME
      EXTERNAL LSAME
      DNORM = 0
      DO 10 I = 1, N
         DNORM = DNORM + X(I)**2
   10 CONTINUE
      DNORM = SQRT(DNORM)*SCALE + ABS(Z)
      IF (LSAME(UPLO, 'u')) DNORM = -DNORM
      END
      COMPLEX FUNCTION CTWICE(Z)
      COMPLEX Z
      CTWICE = SQRT(Z)*SQRT(Z) + EXP(CMPLX(0.0, 0.0))*Z
      END
F
cat > new.f90 <<'F'
module shapes
  use iso_c_binding
  implicit none
  type, bind(c) :: box
    integer(c_int) :: n
    real(c_double) :: w
    type(c_ptr) :: data
  end type
contains
  pure function area(sides) result(total)
    real(8), intent(in) :: sides(:, :)
    real(8) :: total
    total = sum(sides(1, :) * sides(2, :))
  end function
end module
subroutine measure(b) bind(c)
  use shapes
  implicit none
  type(box), intent(inout) :: b
  real(c_double), pointer :: sides(:, :)
  real(8), allocatable :: doubled(:, :)
  integer :: i
  call c_f_pointer(b%data, sides, [2, b%n])
  allocate(doubled(2, b%n))
  do i = 1, b%n
    doubled(1, i) = 2 * sides(1, i)
    doubled(2, i) = 2 * sides(2, i)
  end do
  b%w = area(doubled(:, ::2)) + apply(scaled)
contains
  real(8) function scaled(x)
    real(8), intent(in) :: x
    scaled = x * sides(1, 1)
  end function
  real(8) function apply(f)
    interface
      real(8) function f(x)
        real(8), intent(in) :: x
      end function
    end interface
    apply = f(100d0)
  end function
end subroutine
F
cat > main.c <<'C'
#include <complex.h>
#include <stdio.h>
double dnorm_(const char *, const int *, const double *, const double _Complex *);
float _Complex ctwice_(const float _Complex *);
struct box { int n; double w; double *data; };
void measure(struct box *);
struct { double scale; } params_ = {10};
int lsame_(const char *a, const char *b) { return (*a | 32) == (*b | 32); }
int main(void) {
  double x[] = {3, 4};
  int n = 2;
  printf("%g %g\n", dnorm_("U", &n, x, &(double _Complex){3 + 4 * I}), dnorm_("L", &n, x, &(double _Complex){3 + 4 * I}));
  float _Complex z = ctwice_(&(float _Complex){1 + 2 * I});
  printf("%g %g\n", crealf(z), cimagf(z));
  double sides[] = {1, 2, 3, 4, 5, 6};
  struct box b = {3, 0, sides};
  measure(&b);
  printf("%g\n", b.w);
  return 0;
}
C
printf '%s\n' '-55 55' '2 4' '228' > expected
for level in -O0 -O2; do
  wasm-flang "$level" -c old.f
  # Without optimisation, SUM is a call of the runtime.
  wasm-flang -O2 -c new.f90
  emcc "$level" main.c old.o new.o -o hello.js
  node hello.js > got
  diff -u expected got
done

refused() {
  status=0
  wasm-flang -O2 "${@:2}" > said 2>&1 || status=$?
  if [ "$status" != 1 ] || ! grep -qF "$1" said; then
    cat said
    echo "expected: $1"
    return 1
  fi
}
printf 'subroutine s\n integer :: i\n i = "a"\nend\n' > wrong.f90
refused 'wrong.f90:3:2: error:' -c wrong.f90
printf 'subroutine s\n use nowhere\nend\n' > lost.f90
refused 'nowhere.mod is in none of the folders' -c lost.f90
printf 'subroutine s(x)\n real(10) :: x\n x = x + 1\nend\n' > wide.f90
refused 'wide.f90:3: REAL(10) does not exist in WebAssembly' -c wide.f90
refused 'the option -m64 cannot be used: addresses have 32 bits' -m64 -c old.f
cp got "$out"
