/*
 * Runs the loops of wasm_math.h. `measure.py` compiles this and reads what it writes.
 *
 *   float NAME [STRIDE]            every STRIDEth float of all 2**32 against the C library's function of doubles:
 *                                  largest error in ulp, its argument, wrong special values, results not nearest
 *   double NAME COUNT FILE         COUNT arguments: writes x, y (powers), result, the C library's result for each
 *   time NAME                      nanoseconds an element: the C library's double, ours, its float, ours
 */
#include <math.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "wasm_math.h"

enum { BLOCK = 4096 };

// as NumPy has them without the header
#define SCALAR_LOOPS(NAME)                                                  \
    static void scalar_##NAME##_f64(const double *x, double *y, size_t n)   \
    {                                                                       \
        for (size_t i = 0; i < n; i++) {                                    \
            y[i] = NAME(x[i]);                                              \
        }                                                                   \
    }                                                                       \
    static void scalar_##NAME##_f32(const float *x, float *y, size_t n)     \
    {                                                                       \
        for (size_t i = 0; i < n; i++) {                                    \
            y[i] = NAME##f(x[i]);                                           \
        }                                                                   \
    }
SCALAR_LOOPS(exp)
SCALAR_LOOPS(exp2)
SCALAR_LOOPS(expm1)
SCALAR_LOOPS(log)
SCALAR_LOOPS(log2)
SCALAR_LOOPS(log1p)
SCALAR_LOOPS(sin)
SCALAR_LOOPS(cos)
SCALAR_LOOPS(tan)
SCALAR_LOOPS(tanh)
SCALAR_LOOPS(sinh)
SCALAR_LOOPS(cosh)
SCALAR_LOOPS(atan)

typedef void loop8(const double *, double *, size_t);
typedef void loop4(const float *, float *, size_t);

typedef struct {
    const char *name;
    loop8 *doubles, *scalar_doubles;
    loop4 *floats, *scalar_floats;
    double (*of_double)(double);
    double low, high;  // where arguments are usual
} function;

static const function functions[] = {
    {"exp", wm_exp_f64, scalar_exp_f64, wm_exp_f32, scalar_exp_f32, exp, -20, 20},
    {"exp2", wm_exp2_f64, scalar_exp2_f64, wm_exp2_f32, scalar_exp2_f32, exp2, -20, 20},
    {"expm1", wm_expm1_f64, scalar_expm1_f64, wm_expm1_f32, scalar_expm1_f32, expm1, -2, 2},
    {"log", wm_log_f64, scalar_log_f64, wm_log_f32, scalar_log_f32, log, 0, 4},
    {"log2", wm_log2_f64, scalar_log2_f64, wm_log2_f32, scalar_log2_f32, log2, 0, 4},
    {"log1p", wm_log1p_f64, scalar_log1p_f64, wm_log1p_f32, scalar_log1p_f32, log1p, -1, 3},
    {"sin", wm_sin_f64, scalar_sin_f64, wm_sin_f32, scalar_sin_f32, sin, -20, 20},
    {"cos", wm_cos_f64, scalar_cos_f64, wm_cos_f32, scalar_cos_f32, cos, -20, 20},
    {"tan", wm_tan_f64, scalar_tan_f64, wm_tan_f32, scalar_tan_f32, tan, -20, 20},
    {"tanh", wm_tanh_f64, scalar_tanh_f64, wm_tanh_f32, scalar_tanh_f32, tanh, -4, 4},
    {"sinh", wm_sinh_f64, scalar_sinh_f64, wm_sinh_f32, scalar_sinh_f32, sinh, -4, 4},
    {"cosh", wm_cosh_f64, scalar_cosh_f64, wm_cosh_f32, scalar_cosh_f32, cosh, -4, 4},
    {"arctan", wm_atan_f64, scalar_atan_f64, wm_atan_f32, scalar_atan_f32, atan, -4, 4},
};

static uint64_t state = 0x9e3779b97f4a7c15;

static uint64_t
random_bits(void)
{
    state ^= state << 13;
    state ^= state >> 7;
    state ^= state << 17;
    return state * 0x2545f4914f6cdd1d;
}

static double
uniform(double low, double high)
{
    return low + (high - low) * ((double)(random_bits() >> 11) * 0x1p-53);
}

/* A third in the usual range, a third of all sizes between 2**-40 and 2**40, the rest of all bit patterns and near 0 and 1. */
static double
argument(double low, double high)
{
    uint64_t bits = random_bits();
    double sign = bits & 1 ? 1 : -1;
    switch (bits >> 8 & 7) {
        case 0:
        case 1:
        case 2:
            return uniform(low, high);
        case 3:
        case 4:
            return sign * exp2(uniform(-40, 40));
        case 5:
            return sign * exp2(uniform(-10, 10));
        case 6: {
            uint64_t pattern = random_bits();
            double value;
            memcpy(&value, &pattern, sizeof value);
            return value;
        }
        default:
            return 1 + sign * exp2(uniform(-53, -1));
    }
}

/* Powers: of usual numbers, and such that the result is neither 0 nor infinite. */
static void
arguments(double *x, double *y)
{
    if (random_bits() >> 62 == 0) {
        *x = argument(0, 4);
        *y = argument(-4, 4);
    }
    else {
        *x = fabs(argument(0, 4));
        *y = uniform(-740, 740) / log(*x);
    }
}

static const function *
found(const char *name)
{
    for (size_t i = 0; i < sizeof functions / sizeof functions[0]; i++) {
        if (!strcmp(functions[i].name, name)) {
            return &functions[i];
        }
    }
    return NULL;
}

typedef struct {
    double worst, of, with;
    uint64_t wrong, away;
    float wrong_of;
} outcome;

static void
compare(float x, float y, float got, double exact, outcome *into)
{
    float nearest = (float)exact;
    if (isnan(nearest) || isinf(nearest) || isinf(got) || nearest == 0) {
        int same = isnan(nearest) ? isnan(got) : got == nearest && !signbit(got) == !signbit(nearest);
        int edge = !isnan(nearest) && !isnan(got) && (isinf(nearest) ? fabsf(got) >= 0x1.fffffep127f :
                                                       nearest == 0 && exact != 0 && fabsf(got) <= 0x1p-149f);
        if (!same && !edge) {
            into->wrong++;
            into->wrong_of = x;
        }
        return;
    }
    if (got == nearest) {
        return;  // at most half a unit
    }
    int exponent;
    frexp(exact, &exponent);
    double unit = ldexp(1, (exponent < -125 ? -125 : exponent) - 24);
    double error = fabs((double)got - exact) / unit;
    if (!(error <= into->worst)) {
        into->worst = error;
        into->of = x;
        into->with = y;
    }
    into->away += got != nearest;
}

static void
all_floats(const char *name, uint64_t stride)
{
    static float x[BLOCK], y[BLOCK], got[BLOCK];
    outcome all = {.worst = 0.5};
    uint64_t count = 0;
    const function *f = found(name);  // NULL: powers
    for (uint64_t next = 0; next < 0x100000000;) {
        int n = 0;
        for (; n < BLOCK && next < 0x100000000; n++, next += stride) {
            uint32_t bits = (uint32_t)next;
            memcpy(&x[n], &bits, sizeof bits);
            if (!f) {
                double a, b;
                arguments(&a, &b);
                // sizes of floats: a sixth of the logarithm
                x[n] = (float)a;
                y[n] = (float)(b / 7);
            }
        }
        count += n;
        if (f) {
            f->floats(x, got, n);
        }
        else {
            wm_pow_f32(x, y, got, n);
        }
        for (int i = 0; i < n; i++) {
            compare(x[i], y[i], got[i], f ? f->of_double(x[i]) : pow(x[i], y[i]), &all);
        }
    }
    printf("{\"name\": \"%s\", \"count\": %llu, \"worst\": \"%.5f\", \"of\": \"%a\", \"with\": \"%a\", \"wrong\": %llu, "
           "\"wrong_of\": \"%a\", \"away\": %llu}\n",
           name, (unsigned long long)count, all.worst, all.of, all.with, (unsigned long long)all.wrong, all.wrong_of,
           (unsigned long long)all.away);
}

static int
some_doubles(const char *name, long count, const char *path)
{
    static double x[BLOCK], y[BLOCK], got[BLOCK];
    const function *f = found(name);
    FILE *file = fopen(path, "wb");
    if (!file) {
        fprintf(stderr, "%s cannot be written\n", path);
        return 1;
    }
    for (long done = 0; done < count; done += BLOCK) {
        for (int i = 0; i < BLOCK; i++) {
            if (f) {
                x[i] = argument(f->low, f->high);
                y[i] = 0;
            }
            else {
                arguments(&x[i], &y[i]);
            }
        }
        if (f) {
            f->doubles(x, got, BLOCK);
        }
        else {
            wm_pow_f64(x, y, got, BLOCK);
        }
        for (int i = 0; i < BLOCK; i++) {
            double row[4] = {x[i], y[i], got[i], f ? f->of_double(x[i]) : pow(x[i], y[i])};
            fwrite(row, sizeof row, 1, file);
        }
    }
    return fclose(file) != 0;
}

static double
now(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec * 1e9 + (double)t.tv_nsec;
}

static int
times(const char *name)
{
    static double x[BLOCK], y[BLOCK], z[BLOCK];
    static float xf[BLOCK], yf[BLOCK], zf[BLOCK];
    double best[4] = {1e30, 1e30, 1e30, 1e30};
    const function *f = found(name);
    for (int i = 0; i < BLOCK; i++) {
        x[i] = f ? uniform(f->low, f->high) : uniform(0, 4);
        y[i] = uniform(-4, 4);
        xf[i] = (float)x[i];
        yf[i] = (float)y[i];
    }
    for (int round = 0; round < 40; round++) {
        for (int kind = 0; kind < 4; kind++) {
            double start = now();
            for (int again = 0; again < 8; again++) {
                if (f) {
                    if (kind < 2) {
                        (kind ? f->doubles : f->scalar_doubles)(x, z, BLOCK);
                    }
                    else {
                        (kind == 3 ? f->floats : f->scalar_floats)(xf, zf, BLOCK);
                    }
                    continue;
                }
                if (kind == 1) {
                    wm_pow_f64(x, y, z, BLOCK);
                }
                else if (kind == 3) {
                    wm_pow_f32(xf, yf, zf, BLOCK);
                }
                else {
                    for (int i = 0; i < BLOCK; i++) {
                        if (kind == 0) {
                            z[i] = pow(x[i], y[i]);
                        }
                        else {
                            zf[i] = powf(xf[i], yf[i]);
                        }
                    }
                }
            }
            double spent = (now() - start) / (8 * BLOCK);
            best[kind] = spent < best[kind] ? spent : best[kind];
        }
    }
    printf("{\"name\": \"%s\", \"scalar8\": %.2f, \"vector8\": %.2f, \"scalar4\": %.2f, \"vector4\": %.2f}\n", name,
           best[0], best[1], best[2], best[3]);
    return 0;
}

int
main(int argc, char **argv)
{
    if (argc >= 3 && !strcmp(argv[1], "float")) {
        all_floats(argv[2], argc > 3 ? strtoull(argv[3], NULL, 10) : 1);
        return 0;
    }
    if (argc == 5 && !strcmp(argv[1], "double")) {
        return some_doubles(argv[2], atol(argv[3]), argv[4]);
    }
    if (argc == 3 && !strcmp(argv[1], "time")) {
        return times(argv[2]);
    }
    fprintf(stderr, "usage: float NAME [STRIDE] | double NAME COUNT FILE | time NAME\n");
    return 2;
}
