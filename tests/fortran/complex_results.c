#include "abi.h"
float complex c_rotate_(const float complex *);
double complex z_rotate_(const double complex *);
float complex c_dot_(const int *, const float complex *, const float complex *);
double complex z_dot_(const int *, const double complex *, const double complex *);

int main(void) {
  float complex c[3] = {1 + 2 * I, 3 - 4 * I, -0.5f + I}, cr = c_rotate_(c), cd;
  double complex z[3] = {1.5 + 2 * I, 3 - 4 * I, -0.25 - I}, zr = z_rotate_(z + 1), zd;
  int n = 3;
  printf("%g %g\n", crealf(cr), cimagf(cr));
  printf("%g %g\n", creal(zr), cimag(zr));
  float complex (*f)(const float complex *) = c_rotate_;
  cr = f(c + 1);
  printf("%g %g\n", crealf(cr), cimagf(cr));
  cd = c_dot_(&n, c, c);
  zd = z_dot_(&n, z, z);
  printf("%g %g %g %g\n", crealf(cd), cimagf(cd), creal(zd), cimag(zd));
  return 0;
}
