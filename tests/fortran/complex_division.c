#include "abi.h"
void divide_(const double complex *, const double complex *, double complex *, double complex *, int *);
void divide_single_(const float complex *, const float complex *, float complex *);

static void show(double complex a, double complex b) {
  double complex q, p;
  int same = 9;
  divide_(&a, &b, &q, &p, &same);
  printf("%.9g %.9g  %.9g %.9g  %d\n", creal(q), cimag(q), creal(p), cimag(p), same & 1);
}

int main(void) {
  show(1 + 2 * I, 3 - 4 * I);
  show(1e150 + 1e150 * I, 1e150 + 1e150 * I);
  show(1e-160 + 2e-160 * I, 5e-160 - 1e-160 * I);
  show(2, 2);
  float complex a = 8 - 6 * I, b = 1 + I, q;
  divide_single_(&a, &b, &q);
  printf("%.6g %.6g\n", crealf(q), cimagf(q));
  return 0;
}
