/* Highway's mathematics as loops, for measure.py --highway. What it has not ends the program. */
#include <stdlib.h>

#include "hwy/highway.h"
#include "hwy/contrib/math/math-inl.h"
#include "wasm_math.h"

namespace hn = hwy::HWY_NAMESPACE;

#define HIGHWAY_LOOP(NAME, CALL, SUFFIX, TYPE)                           \
    void wm_##NAME##_##SUFFIX(const TYPE *x, TYPE *y, size_t n)          \
    {                                                                    \
        const hn::ScalableTag<TYPE> d;                                   \
        for (size_t i = 0; i < n; i += hn::Lanes(d)) {                   \
            hn::StoreU(hn::CALL(d, hn::LoadU(d, x + i)), d, y + i);      \
        }                                                                \
    }
#define HIGHWAY(NAME, CALL) HIGHWAY_LOOP(NAME, CALL, f64, double) HIGHWAY_LOOP(NAME, CALL, f32, float)
#define ABSENT(NAME)                                                  \
    void wm_##NAME##_f64(const double *, double *, size_t) { abort(); } \
    void wm_##NAME##_f32(const float *, float *, size_t) { abort(); }

HIGHWAY(exp, Exp)
HIGHWAY(exp2, Exp2)
HIGHWAY(expm1, Expm1)
HIGHWAY(log, Log)
HIGHWAY(log2, Log2)
HIGHWAY(log1p, Log1p)
HIGHWAY(sin, Sin)
HIGHWAY(cos, Cos)
HIGHWAY(tanh, Tanh)
HIGHWAY(sinh, Sinh)
HIGHWAY(atan, Atan)
ABSENT(tan)
ABSENT(cosh)

void wm_pow_f64(const double *, const double *, double *, size_t) { abort(); }
void wm_pow_f32(const float *, const float *, float *, size_t) { abort(); }
