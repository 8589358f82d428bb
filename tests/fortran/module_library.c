#include "abi.h"
void stat_push(double);
double stat_variance(void);
void stat_sorted(int, const double *, double *);

int main(void) {
  double x[7] = {5, -1, 9.5, 3, 3, 8, 0}, work[7];
  for (int i = 0; i < 7; i++) stat_push(x[i]);
  printf("%.9f\n", stat_variance());
  stat_sorted(7, x, work);
  for (int i = 0; i < 7; i++) printf(" %g", work[i]);
  printf("\n");
  return 0;
}
