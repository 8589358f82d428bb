#include "abi.h"
void step_(double *);
int blank_sum_(void);
int calls_(void);
extern struct { int counter; double weights[3]; } state_;
extern char names_[4];

int main(void) {
  double total;
  step_(&total);
  printf("%g %d %g\n", total, state_.counter, state_.weights[2]);
  state_.weights[0] = 100;
  state_.counter = 1;
  step_(&total);
  printf("%g %d %d\n", total, state_.counter, blank_sum_());
  printf("%.4s\n", names_);
  calls_();
  calls_();
  printf("%d\n", calls_());
  return 0;
}
