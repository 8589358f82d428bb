#include "abi.h"
struct pair { int a; double b; };
struct single { float x; };
struct big { double v[5]; };
double add_pairs(struct pair, struct pair);
float twice_single(struct single);
double sum_big(int, struct big);
double c_weigh(struct pair p, struct single s, struct big b) { return p.a * 1000 + p.b + s.x + b.v[4] * 1e6; }

int main(void) {
  struct pair p = {1, 2.5}, q = {10, 20.25};
  struct big b = {{1, 2, 3, 4, 5}};
  printf("%.10g %d\n", add_pairs(p, q), p.a);
  printf("%g\n", twice_single((struct single){1.25f}));
  printf("%g\n", sum_big(4, b));
  return 0;
}
