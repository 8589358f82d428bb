#include "abi.h"
int ackermann_(const int *, const int *);
int hanoi_(const int *);
int is_even_(const int *);

int main(void) {
  int two = 2, five = 5, ten = 10, many = 1001;
  printf("%d %d %d %d\n", ackermann_(&two, &five), hanoi_(&ten), is_even_(&ten) & 1, is_even_(&many) & 1);
  return 0;
}
