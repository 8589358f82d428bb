#include "abi.h"
int classify_(const int *);
int loops_(const int *);

int main(void) {
  int values[] = {-5, 0, 1, 7, 8, 9, 12, 13, 99, 100, 1000}, limits[] = {0, 3, 6, 12};
  for (int i = 0; i < 11; i++) printf("%d %d\n", values[i], classify_(values + i));
  for (int i = 0; i < 4; i++) printf("%d\n", loops_(limits + i));
  return 0;
}
