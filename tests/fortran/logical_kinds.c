#include "abi.h"
int both_(const int *, const int *);
void kinds_(signed char *, short *, int *, long long *);
signed char narrow_(const int *);
int count_true_(const int *, const int *);

int main(void) {
  int t = 1, f = 0, n = 5, flags[5] = {1, 0, 1, 1, 0};
  printf("%d %d\n", both_(&t, &t), both_(&t, &f));
  signed char a = 1;
  short b = 1;
  int c = 0;
  long long d = 0;
  kinds_(&a, &b, &c, &d);
  printf("%d %d %d %lld\n", a, b, c, d);
  printf("%d %d\n", narrow_(&t), narrow_(&n));
  printf("%d\n", count_true_(flags, &n));
  return 0;
}
