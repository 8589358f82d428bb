#include "abi.h"
void c_intrinsics_(const float complex *, float complex *);
void z_intrinsics_(const double complex *, double complex *);
double abs_sum_(const int *, const double complex *);

int main(void) {
  float complex c[3] = {3 + 4 * I, -1 + 0.5f * I, 0.25f - 2 * I}, cr[7];
  double complex z[3] = {3 + 4 * I, -1 + 0.5 * I, 0.25 - 2 * I}, zr[7];
  for (int i = 0; i < 3; i++) {
    c_intrinsics_(c + i, cr);
    z_intrinsics_(z + i, zr);
    for (int k = 0; k < 7; k++)
      printf("%.4f %.4f  %.9f %.9f\n", crealf(cr[k]), cimagf(cr[k]), creal(zr[k]), cimag(zr[k]));
  }
  int n = 3;
  printf("%.9f\n", abs_sum_(&n, z));
  return 0;
}
