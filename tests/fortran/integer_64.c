#include "abi.h"
long long fibonacci_(const int *);
long long mixed_(const signed char *, const short *, const int *, const long long *);
long long shifted(long long, int);

int main(void) {
  int n = 90, c = -1000003;
  signed char a = -7;
  short b = 30011;
  long long d = 123456789012345678LL;
  printf("%lld\n%lld\n", fibonacci_(&n), mixed_(&a, &b, &c, &d));
  printf("%llx\n", shifted(0x123456789abcdef0LL, 12));
  return 0;
}
