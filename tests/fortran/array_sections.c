#include "abi.h"
void sections_(float *, float *);

int main(void) {
  float a[12], b[12];
  for (int i = 0; i < 12; i++) {
    a[i] = (float)(10 * i);
    b[i] = (float)(100 + i);
  }
  sections_(a, b);
  for (int i = 0; i < 12; i++) printf("%g %g\n", a[i], b[i]);
  return 0;
}
