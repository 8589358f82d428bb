#include "abi.h"
int count_words(const char *);
void upper(char *, size_t);
const char *greeting(void);

int main(void) {
  char text[] = "  three\tlittle words ";
  printf("%d %d\n", count_words(text), count_words(""));
  upper(text + 2, 10);
  printf("[%s]\n[%s]\n", text, greeting());
  return 0;
}
