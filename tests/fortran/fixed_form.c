#include "abi.h"
int signof_(const float *);
int choose_(const int *);
double poly_(const double *);
void primes_(int *, const int *);

int main(void) {
  float x[3] = {-2.5f, 0, 1e-30f};
  printf("%d %d %d\n", signof_(x), signof_(x + 1), signof_(x + 2));
  for (int n = 0; n < 5; n++) printf("%d\n", choose_(&n));
  double d = 3;
  printf("%g\n", poly_(&d));
  int flags[50], n = 50;
  primes_(flags, &n);
  for (int i = 0; i < n; i++)
    if (flags[i] & 1) printf("%d ", i + 1);
  printf("\n");
  return 0;
}
