#include "abi.h"
void run_calls_(char *, int * LENGTH_ARGUMENT);

int main(void) {
  char out[25];
  int total = 0;
  memset(out, '.', 24);
  out[24] = 0;
  run_calls_(out, &total LENGTH(24));
  printf("[%s] %d\n", out, total);
  return 0;
}
