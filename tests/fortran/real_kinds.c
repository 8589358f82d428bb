#include "abi.h"
void reals_(const double *, const float *, double *, int *);

int main(void) {
  double xs[] = {-7.5, 2.25, 1e5}, out[12];
  float s = 1.7f;
  int counts[8];
  for (int i = 0; i < 3; i++) {
    reals_(xs + i, &s, out, counts);
    for (int k = 0; k < 12; k++) printf("%.10g ", out[k]);
    for (int k = 0; k < 7; k++) printf("%d ", counts[k]);
    printf("%d\n", i < 2 ? counts[7] : 0);
  }
  return 0;
}
