#include "abi.h"
void shift_letters_(const char *, char *, const int * LENGTH_ARGUMENT LENGTH_ARGUMENT);
int letter_sum_(const char *, const int *, const char * LENGTH_ARGUMENT LENGTH_ARGUMENT);

int main(void) {
  char word[5] = "Zyxw";
  int by = -3, n = 2;
  shift_letters_("!", word, &by LENGTH(1) LENGTH(4));
  printf("%s\n", word);
  printf("%d\n", letter_sum_("abc", &n, "zy" LENGTH(3) LENGTH(2)));
  int (*through_pointer)(const char *, const int *, const char * LENGTH_ARGUMENT LENGTH_ARGUMENT) = letter_sum_;
  printf("%d\n", through_pointer("xyz", &n, "ab" LENGTH(3) LENGTH(2)));
  return 0;
}
