#include "abi.h"
typedef double (*unary)(double);
double integrate(unary, double, double, int);
unary give_cube(void);
double call_back(double);
double c_apply(unary f, double x) { return f(x); }
static double square(double x) { return x * x; }

int main(void) {
  printf("%.6f\n", integrate(square, 0, 3, 1000));
  printf("%.6f\n", integrate(give_cube(), 0, 2, 1000));
  printf("%g\n", call_back(4));
  return 0;
}
