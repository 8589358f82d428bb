#include "abi.h"
void powers_(const double complex *, const float complex *, const int *, double complex *);

int main(void) {
  double complex z = 1.25 - 0.5 * I, out[8];
  float complex w = 0.5f + 2 * I;
  for (int n = 0; n < 5; n += 2) {
    powers_(&z, &w, &n, out);
    for (int k = 0; k < 8; k++) printf("%d %.4f %.4f\n", n, creal(out[k]), cimag(out[k]));
  }
  return 0;
}
