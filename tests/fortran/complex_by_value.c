#include "abi.h"
float complex c_scale(float complex, float);
double complex z_scale(int, double complex, double);
double complex c_square(double complex z) { return z * z; }
float complex f_square(float complex z) { return z * z; }

int main(void) {
  float complex c = c_scale(1.5f - 2 * I, 4);
  double complex z = z_scale(3, 1 + 2 * I, 0.5);
  printf("%g %g\n%g %g\n", crealf(c), cimagf(c), creal(z), cimag(z));
  return 0;
}
