/*
 * The names of NumPy's `wasm_math.h`, for the functions of Highway in its place: highway.cc has them.
 * Highway has no tan, no cosh and no power.
 */
#ifndef WASM_MATH_H
#define WASM_MATH_H

#include <stddef.h>

#define WM_ALL(ONE) \
    ONE(exp) ONE(exp2) ONE(expm1) ONE(log) ONE(log2) ONE(log1p) ONE(sin) ONE(cos) ONE(tan) ONE(tanh) ONE(sinh) ONE(cosh) \
    ONE(atan)
#define WM_DECLARE(NAME)                                      \
    void wm_##NAME##_f64(const double *x, double *y, size_t n); \
    void wm_##NAME##_f32(const float *x, float *y, size_t n);

#ifdef __cplusplus
extern "C" {
#endif
WM_ALL(WM_DECLARE)
void wm_pow_f64(const double *x, const double *y, double *z, size_t n);
void wm_pow_f32(const float *x, const float *y, float *z, size_t n);
#ifdef __cplusplus
}
#endif

#endif
