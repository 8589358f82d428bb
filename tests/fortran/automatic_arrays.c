#include <stdio.h>

int check(int n);

int main(void) {
  for (int n = 1; n < 6; n++) printf("%d\n", check(n));
  return 0;
}
