#include "abi.h"
void bits_(const int *, const int *, int *);
long long bits_wide_(const long long *);

int main(void) {
  int a = (int)0x9abcdef7, b = 0x0013a0f0, out[20];
  long long wide = 0x00f1e2d3c4b5a697LL;
  bits_(&a, &b, out);
  for (int i = 0; i < 20; i++) printf("%d %d\n", i + 1, out[i]);
  printf("%lld\n", bits_wide_(&wide));
  return 0;
}
