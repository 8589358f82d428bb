#include <stdint.h>
#include "abi.h"
void scale_matrix(void *, size_t, size_t, double);
int kind_sizes(void);
long long_product(long, size_t);
float *largest(int, const float *);

int main(void) {
  double a[6] = {1, 2, 3, 4, 5, 6};
  float x[4] = {3, 9, -1, 8};
  scale_matrix(a, 3, 2, 10);
  scale_matrix(NULL, 3, 2, 10);
  for (int i = 0; i < 6; i++) printf("%g ", a[i]);
  int sizes = (int)(sizeof(long) + 16 * sizeof(size_t) + 256 * sizeof(void *) + 4096 * sizeof(intptr_t) +
                    65536 * sizeof(void (*)(void)));
  printf("\n%d\n", kind_sizes() == sizes);
  printf("%ld\n", long_product(-123456, 789));
  printf("%td %d\n", largest(4, x) - x, largest(0, x) == NULL);
  return 0;
}
