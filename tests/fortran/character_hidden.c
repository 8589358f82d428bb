#include "abi.h"
void describe_(const char *, const char *, char *, size_t, size_t, size_t);

int seen_(const char *text, size_t length) { return (int)length; }

int main(void) {
  char out[17] = {0};
  describe_("density", "r8", out, 7, 2, 16);
  printf("[%s]\n", out);
  describe_("p", "i4", out, 1, 2, 16);
  printf("[%s]\n", out);
  return 0;
}
