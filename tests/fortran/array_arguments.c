#include "abi.h"
void transpose_into_(const double *, double *, const int *, const int *);
double centred_(const double *, const int *);
void cube_(int *, const int *);

int main(void) {
  double a[6] = {1, 2, 3, 4, 5, 6}, b[6], x[7] = {9, 1, 4, 2, 8, 6, 5};
  int rows = 2, columns = 3, n = 3, c[27];
  transpose_into_(a, b, &rows, &columns);
  for (int i = 0; i < 6; i++) printf(" %g", b[i]);
  printf("\n%g\n", centred_(x, &n));
  cube_(c, &n);
  printf("%d %d %d %d\n", c[0], c[1], c[13], c[26]);
  return 0;
}
