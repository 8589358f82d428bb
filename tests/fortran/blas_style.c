#include "abi.h"
void multiply_(const char *, const int *, const int *, const int *, const double *, const double *, const int *,
               const double *, const int *, const double *, double *, const int *, int * LENGTH_ARGUMENT);

int main(void) {
  double a[12], b[12], c[9];
  int m = 3, n = 3, k = 3, ld = 4, ldc = 3, bad = 2, info;
  double alpha = 2, beta = -1;
  for (int i = 0; i < 12; i++) {
    a[i] = i;
    b[i] = 12 - i;
    if (i < 9) c[i] = 1;
  }
  multiply_("n", &m, &n, &k, &alpha, a, &ld, b, &ld, &beta, c, &ldc, &info LENGTH(1));
  multiply_("Transposed", &m, &n, &k, &alpha, a, &ld, b, &ld, &beta, c, &ldc, &info LENGTH(1));
  for (int i = 0; i < 9; i++) printf(" %g", c[i]);
  multiply_("x", &m, &n, &k, &alpha, a, &ld, b, &ld, &beta, c, &ldc, &info LENGTH(1));
  printf("\n%d", info);
  multiply_("t", &m, &n, &k, &alpha, a, &ld, b, &ld, &beta, c, &bad, &info LENGTH(1));
  printf(" %d\n", info);
  return 0;
}
