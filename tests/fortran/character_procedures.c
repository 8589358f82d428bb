#include "abi.h"
void procedures_(char * LENGTH_ARGUMENT);

int main(void) {
  char out[21] = {0};
  procedures_(out LENGTH(20));
  printf("[%s]\n", out);
  return 0;
}
