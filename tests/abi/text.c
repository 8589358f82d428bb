// Text and numbers: what printf and its kind make of them, and what stands in tables of the C library.
#define _GNU_SOURCE

#include <complex.h>
#include <errno.h>
#include <fnmatch.h>
#include <glob.h>
#include <iconv.h>
#include <inttypes.h>
#include <langinfo.h>
#include <locale.h>
#include <math.h>
#include <regex.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <wchar.h>
#include <wctype.h>

#include "report.h"

void tell_printing(Report *report) {
  say(report, "%g %e %f %a %.17g %10.2f|%-10.2f|%+d %05d %x %#o %c %.*s", 1.5, 12345.678, 1.0 / 3, 0.1, 0.1, 3.14159, 3.14159,
      5, 42, 255, 8, 'c', 3, "precise");
  say(report, " %lld %llu %zu %jd %p %ls", -1234567890123LL, 18446744073709551615ULL, sizeof(int), (intmax_t)7, (void *)16,
      L"wide");
  say(report, " %Lg %.30Lf %La", 1.25L, 1.0L / 3, 0.1L);
  say(report, " %g %g %g", (double)INFINITY, -(double)INFINITY, (double)NAN);
}

void tell_long_doubles(Report *report) {
  volatile long double two = 2, three = 3;
  say(report, "%zu %.33Lg %.33Lg %.33Lg %.33Lg %.33Lg", sizeof two, two / three, sqrtl(two), expl(two), logl(two),
      powl(two, three));
  say(report, " %.33Lg %.33Lg %.33Lg", fmodl(7.5L, two), nextafterl(two, three), hypotl(two, three));
  say(report, " %d %lld %.20Lg", (int)(two * 1.5L), (long long)(two * 1e15L), (long double)12345678901234567LL);
  long double whole, rest = modfl(-3.75L, &whole);
  int exponent;
  long double part = frexpl(48.0L, &exponent);
  say(report, " %Lg %Lg %Lg %d", whole, rest, part, exponent);
}

void tell_reading(Report *report) {
  int whole = 0;
  double number = 0;
  long double longer = 0;
  long long large = 0;
  char word[20] = "";
  int count = sscanf("12 3.5 1.25 -9876543210 word", "%d %lf %Lf %lld %19s", &whole, &number, &longer, &large, word);
  say(report, "%d: %d %g %Lg %lld %s", count, whole, number, longer, large, word);
  char *end;
  say(report, "; %g %.25Lg %lld %llu", strtod("1e-5x", &end), strtold("0.1", NULL), strtoll("-0x7f", NULL, 0),
      strtoull("18446744073709551615", NULL, 10));
  say(report, " left %s", end);
  errno = 0;
  say(report, "; %ld %d", strtol("99999999999", NULL, 10), errno == ERANGE);
}

void tell_integers(Report *report) {
  volatile int64_t large = 0x123456789abcdefLL, small = 12345;
  volatile uint64_t wide = 0xfedcba9876543210ULL;
  volatile __int128 product = (__int128)large * wide;
  say(report, "%" PRId64 " %" PRId64 " %" PRIu64 " %" PRIx64 " %" PRIx64, large / small, large % small, wide / 1000003,
      (uint64_t)(product >> 64), (uint64_t)product);
  say(report, " %d %d %d", __builtin_popcountll(wide), __builtin_clzll(small), __builtin_ctzll(small));
  say(report, " %g %lld", (double)wide, (long long)-1e18);
}

void tell_mathematics(Report *report) {
  volatile double x = 0.7, y = 2.3;
  say(report, "%.17g %.17g %.17g %.17g %.17g %.17g", sin(x), tan(x), exp(x), log(x), pow(x, y), tgamma(y));
  say(report, " %.17g %.17g %.17g %.17g %.17g", erf(x), cbrt(x), fmod(y, x), atan2(x, y), expm1(x));
  double complex value = x + y * I, power = cexp(value) * csqrt(value);
  say(report, " %.17g %.17g %.17g", creal(power), cimag(power), cabs(value));
  int sign = 0;
  double gamma = lgamma_r(-x, &sign);
  say(report, " %.17g %d %d", gamma, sign, ilogb(1024.5));
  say(report, " %d %d %d", fpclassify(0.0) == FP_ZERO, isnan(NAN) != 0, signbit(-0.0) != 0);
}

void tell_wide_text(Report *report) {
  struct lconv *convention = localeconv();
  say(report, "%s [%s][%s] %s", setlocale(LC_ALL, NULL), convention->decimal_point, convention->thousands_sep,
      nl_langinfo(CODESET));
  wchar_t wide[20];
  size_t length = mbstowcs(wide, "gr\xc3\xbc\xc3\x9f", 20);
  say(report, "; %zd", length);
  if (length != (size_t)-1) say(report, " %lx %lx", (unsigned long)wide[2], (unsigned long)towupper(wide[2]));
  char back[20];
  mbstate_t state = {0};
  size_t bytes = wcrtomb(back, 0x20ac, &state);
  say(report, "; %zd %d", bytes, iswalpha(0xe9) != 0);
  iconv_t converter = iconv_open("UTF-16LE", "UTF-8");
  char source[] = "a\xc3\xa9", target[10], *in = source, *out = target;
  size_t in_left = 3, out_left = 10;
  say(report, "; iconv %zd", iconv(converter, &in, &in_left, &out, &out_left));
  say(report, " %zu %02x%02x", 10 - out_left, target[2] & 255, target[3] & 255);
  iconv_close(converter);
}

void tell_patterns(Report *report) {
  regex_t expression;
  regmatch_t found[3];
  say(report, "regcomp %d", regcomp(&expression, "([a-z]+)@([a-z]+)", REG_EXTENDED));
  say(report, " regexec %d", regexec(&expression, "to some@where now", 3, found, 0));
  say(report, " %lld-%lld %lld-%lld", (long long)found[0].rm_so, (long long)found[0].rm_eo, (long long)found[2].rm_so,
      (long long)found[2].rm_eo);
  char message[80];
  regerror(regcomp(&expression, "(", REG_EXTENDED), &expression, message, sizeof message);
  say(report, " %s", message);
  say(report, "; fnmatch %d %d", fnmatch("*.c", "text.c", 0), fnmatch("*.c", "text.h", 0) == FNM_NOMATCH);
  mkdir("/tmp/abiprobe-glob", 0755);
  fclose(fopen("/tmp/abiprobe-glob/b.txt", "w"));
  fclose(fopen("/tmp/abiprobe-glob/a.txt", "w"));
  GUARDED(glob_t, matched);
  say(report, "; glob %d %zu %s", glob("/tmp/abiprobe-glob/*.txt", 0, NULL, &matched.value), matched.value.gl_pathc,
      matched.value.gl_pathv[0]);
  SAY_GUARDS(report, matched);
  globfree(&matched.value);
}

void tell_messages(Report *report) {
  for (int number = 0; number < 140; number++) say(report, "%d %s; ", number, strerror(number));
}
