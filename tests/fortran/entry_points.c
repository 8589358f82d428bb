#include "abi.h"
void counter_set_(const int *);
void counter_add_(const int *);
void counter_get_(int *);
double area_(const double *, const double *);
double perimeter_(const double *, const double *);
int corners_(void);

int main(void) {
  int n = 40, by = 2, got = 0;
  counter_set_(&n);
  counter_add_(&by);
  counter_add_(&by);
  counter_get_(&got);
  double w = 3, h = 2.5;
  printf("%d %g %g %d\n", got, area_(&w, &h), perimeter_(&w, &h), corners_());
  return 0;
}
