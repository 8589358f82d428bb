#include "abi.h"
void collect_(char * LENGTH_ARGUMENT);

int main(void) {
  char out[41];
  collect_(out LENGTH(40));
  out[40] = 0;
  printf("[%s]\n", out);
  return 0;
}
