#include "abi.h"
int count_words(const char *);
void upper(char *, size_t);
const char *greeting(void);
size_t total_length(const char *, char);
int c_code(char letter, const char *text) { return letter + text[2]; }

int main(void) {
  char text[] = "  three\tlittle words ";
  printf("%d %d\n", count_words(text), count_words(""));
  upper(text + 2, 10);
  printf("[%s]\n[%s]\n", text, greeting());
  printf("%d\n", (int)total_length("four", '!'));
  return 0;
}
