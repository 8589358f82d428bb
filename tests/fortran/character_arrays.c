#include "abi.h"
void sort_words_(char (*)[5], const int * LENGTH_ARGUMENT);
void initials_(const char *, const int *, char *, size_t, size_t);

int main(void) {
  char words[5][5] = {"peach", "apple", "plums", "mango", "grape"};
  int n = 5;
  sort_words_(words, &n LENGTH(5));
  for (int i = 0; i < n; i++) printf("%.5s\n", words[i]);
  char out[13] = {0};
  initials_(words[0], &n, out, 5, 12);
  printf("[%s]\n", out);
  return 0;
}
