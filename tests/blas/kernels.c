/* Checks BLAS against loops: random shapes, strides, transposes and triangles in all four types, and what happens to NaN
 * and infinity.
 *
 *   kernels [-n SIZE] [-r ROUNDS] [-s SEED]
 *
 * SIZE is the largest dimension, ROUNDS how often each routine is tried in each type. Ends with 1 when something differs
 * by more than rounding can explain, and says for which arguments. */
#include <complex.h>
#include <float.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

typedef double complex number;

static int size = 40, rounds = 40, failures, cases;
static unsigned long long state = 1;

static unsigned random_bits(void) {
  state = state * 6364136223846793005ULL + 1442695040888963407ULL;
  return (unsigned)(state >> 33);
}

static int below(int limit) { return (int)(random_bits() % (unsigned)limit); }

static double uniform(void) { return (double)random_bits() / 1073741824.0 - 1.0; }

static int dimension(void) { return below(8) ? 1 + below(size) : below(2); }

/* A distance between elements: usually 1, now and then larger or backwards. */
static int stride(void) { return below(2) ? 1 : below(2) ? 2 + below(3) : -1 - below(3); }

static char one_of(const char *letters) { return letters[below((int)strlen(letters))]; }

/* Where the first element of a vector lies that may run backwards. */
static int origin(int n, int inc) { return inc < 0 ? (1 - n) * inc : 0; }

static void failed(const char *routine, const char *arguments, double error, double tolerance) {
  failures++;
  printf("%s(%s): differs by %g, rounding explains %g\n", routine, arguments, error, tolerance);
}

static void check(const char *routine, const char *arguments, double error, double tolerance) {
  cases++;
  if (!(error <= tolerance)) failed(routine, arguments, error, tolerance);
}

static void expect(const char *routine, const char *what, int holds) {
  cases++;
  if (!holds) {
    failures++;
    printf("%s: %s does not hold\n", routine, what);
  }
}

#define JOIN_(a, b) a##b
#define JOIN(a, b) JOIN_(a, b)
#define TEXT_(a) #a
#define TEXT(a) TEXT_(a)

#define REAL float
#define EPSILON FLT_EPSILON
#define LARGEST FLT_MAX
#define LETTER s
#define NRM2 snrm2_
#define ASUM sasum_
#define IAMAX isamax_
#include "routines.h"

#define REAL double
#define EPSILON DBL_EPSILON
#define LARGEST DBL_MAX
#define LETTER d
#define NRM2 dnrm2_
#define ASUM dasum_
#define IAMAX idamax_
#include "routines.h"

#define COMPLEX
#define REAL float
#define EPSILON FLT_EPSILON
#define LARGEST FLT_MAX
#define LETTER c
#define NRM2 scnrm2_
#define ASUM scasum_
#define IAMAX icamax_
#include "routines.h"

#define COMPLEX
#define REAL double
#define EPSILON DBL_EPSILON
#define LARGEST DBL_MAX
#define LETTER z
#define NRM2 dznrm2_
#define ASUM dzasum_
#define IAMAX izamax_
#include "routines.h"

int main(int argc, char **argv) {
  for (int i = 1; i + 1 < argc; i += 2) {
    int value = atoi(argv[i + 1]);
    if (!strcmp(argv[i], "-n"))
      size = value;
    else if (!strcmp(argv[i], "-r"))
      rounds = value;
    else if (!strcmp(argv[i], "-s"))
      state = (unsigned long long)value;
    else
      return fprintf(stderr, "unknown option %s\n", argv[i]), 64;
  }
  if (size < 1 || rounds < 1) return fprintf(stderr, "-n and -r want positive numbers\n"), 64;
  all_s();
  all_d();
  all_c();
  all_z();
  printf("%d cases, %d failed\n", cases, failures);
  return failures ? 1 : 0;
}
