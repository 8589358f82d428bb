#include "abi.h"
extern int sharedCounter, colour;
extern double table[3];
void Advance(const int *);

int main(void) {
  int by = 10;
  printf("%d %g %d\n", sharedCounter, table[1], colour);
  Advance(&by);
  printf("%d %g %d\n", sharedCounter, table[1], colour);
  sharedCounter = 1;
  Advance(NULL);
  printf("%d %g %d\n", sharedCounter, table[1], colour);
  return 0;
}
