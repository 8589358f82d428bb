#include "abi.h"
void bits_of_(const double *, int *, int *);
int overlap_(const int *);
void letters_(const int *, char * LENGTH_ARGUMENT);

int main(void) {
  double x = -1.5;
  int low, high, n = 3, code = 0x64636261;
  char out[5] = {0};
  bits_of_(&x, &low, &high);
  printf("%08x %08x\n", (unsigned)low, (unsigned)high);
  printf("%d\n", overlap_(&n));
  letters_(&code, out LENGTH(4));
  printf("%s\n", out);
  return 0;
}
