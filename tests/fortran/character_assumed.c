#include "abi.h"
int count_letter_(const char *, const char *, size_t, size_t);
void fill_(char *, const char *, size_t, size_t);

int main(void) {
  const char *text = "a banana and a mango";
  printf("%d\n", count_letter_(text, "a", strlen(text), 1));
  printf("%d\n", count_letter_(text, "a", 5, 1));
  printf("%d\n", count_letter_(text, "n", 0, 1));
  char buffer[9] = "........";
  fill_(buffer, "abc", 6, 3);
  printf("[%s]\n", buffer);
  fill_(buffer, "0123456789", 8, 10);
  printf("[%s]\n", buffer);
  return 0;
}
