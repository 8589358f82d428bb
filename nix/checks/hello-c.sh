# shellcheck shell=bash
cat > hello.c <<'C'
#include <setjmp.h>
#include <stdio.h>
static jmp_buf place;
static void leave(int with) { longjmp(place, with); }
int main(void) {
  int seen = setjmp(place);
  if (seen == 0) leave(42);
  printf("long jump %d\n", seen);
  return 0;
}
C
cat > hello.cc <<'C'
#include <iostream>
#include <stdexcept>
#include <vector>
int main(int argc, char **) {
  try {
    std::vector<int> empty(argc - 1);
    std::cout << empty.at(7) << std::endl;
  } catch (const std::out_of_range &) {
    std::cout << "caught" << std::endl;
  }
  return 0;
}
C
emcc -O2 hello.c -o hello-c.js
em++ -O2 hello.cc -o hello-cc.js
{ node hello-c.js; node hello-cc.js; } > got
printf 'long jump 42\ncaught\n' > expected
diff -u expected got
cp got "$out"
