#include <ISO_Fortran_binding.h>
#include "abi.h"
double weigh(const CFI_cdesc_t *);
double describe_sections(void);

double c_describe(const CFI_cdesc_t *a) {
  printf("rank %d, type %d, element %d\n", a->rank, a->type == CFI_type_double, (int)a->elem_len);
  double sum = 0;
  for (CFI_index_t j = 0; j < a->dim[1].extent; j++)
    for (CFI_index_t i = 0; i < a->dim[0].extent; i++)
      sum += *(double *)((char *)a->base_addr + i * a->dim[0].sm + j * a->dim[1].sm);
  printf("%d x %d, %d apart and %d: %g\n", (int)a->dim[0].extent, (int)a->dim[1].extent, (int)a->dim[0].sm,
         (int)a->dim[1].sm, sum);
  return sum;
}

int main(void) {
  double x[6] = {1, 2, 3, 4, 5, 6};
  CFI_CDESC_T(1) whole, part;
  CFI_index_t extents[1] = {6}, lower[1] = {1}, upper[1] = {5}, stride[1] = {2};
  printf("%d\n", CFI_establish((CFI_cdesc_t *)&whole, x, CFI_attribute_other, CFI_type_double, 0, 1, extents));
  printf("%g\n", weigh((CFI_cdesc_t *)&whole));
  CFI_establish((CFI_cdesc_t *)&part, NULL, CFI_attribute_pointer, CFI_type_double, 0, 1, NULL);
  printf("%d\n", CFI_section((CFI_cdesc_t *)&part, (CFI_cdesc_t *)&whole, lower, upper, stride));
  printf("%g\n", weigh((CFI_cdesc_t *)&part));
  printf("%g\n", describe_sections());
  return 0;
}
