#include <stdint.h>
#include "abi.h"
struct point { int8_t tag; double x, y; };
struct figure { int n; struct point corner[2]; short colour; int64_t id; struct figure *next; float scale; };
void move_figure(struct figure *, double);
int figure_size(void);

int main(void) {
  struct figure b = {1, {{1, 2, 3}, {4, 5, 6}}, 7, 1LL << 40, 0, 0.5f}, a = b;
  a.next = &b;
  move_figure(&a, 10);
  move_figure(&b, -1);
  for (struct figure *f = &a; f; f = f->next)
    printf("%d %d %g %g %d %g %d %lld %g\n", f->n, f->corner[0].tag, f->corner[0].x, f->corner[0].y, f->corner[1].tag,
           f->corner[1].x, f->colour, (long long)f->id, f->scale);
  printf("%d\n", figure_size() == (int)sizeof(struct figure));
  return 0;
}
