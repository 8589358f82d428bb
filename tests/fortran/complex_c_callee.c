#include "abi.h"
void use_c_(float complex *, double complex *);
float complex c_plus_(const float complex *a, const float complex *b) { return *a + *b; }
double complex z_plus_(const double complex *a, const double complex *b) { return *a + *b; }

int main(void) {
  float complex c;
  double complex z;
  use_c_(&c, &z);
  printf("%g %g\n%g %g\n", crealf(c), cimagf(c), creal(z), cimag(z));
  return 0;
}
