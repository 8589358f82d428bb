#include "abi.h"
void call_c_(int *);

void lower_three_(char *text LENGTH_NAMED(length)) {
  for (int i = 0; i < 3; i++) text[i] |= 0x20;
  printf("[%.3s]\n", text);
}

int code_of_(const char *letter, const int *factor LENGTH_NAMED(length)) { return *letter * *factor; }

int main(void) {
  int total;
  call_c_(&total);
  printf("%d\n", total);
  return 0;
}
