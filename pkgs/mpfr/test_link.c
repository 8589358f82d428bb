/* pkg-config: mpfr */
#include <mpfr.h>
#include <string.h>
#undef NDEBUG
#include <assert.h>

int main(void) {
    char text[128];
    mpfr_t number, other;
    mpfr_inits2(200, number, other, (mpfr_ptr)0);
    mpfr_const_pi(number, MPFR_RNDN);
    mpfr_snprintf(text, sizeof text, "%.50Rf", number);
    assert(strcmp(text, "3.14159265358979323846264338327950288419716939937511") == 0);
    mpfr_set_ui(other, 10, MPFR_RNDN);
    mpfr_gamma(number, other, MPFR_RNDN);
    assert(mpfr_cmp_ui(number, 362880) == 0);
    mpfr_set_str(other, "0.1", 10, MPFR_RNDD);
    assert(mpfr_zeta(number, other, MPFR_RNDU) > 0);
    mpfr_snprintf(text, sizeof text, "%.30Rf", number);
    assert(strcmp(text, "-0.603037519856241715248431938263") == 0);
    mpfr_set_prec(other, 24);
    assert(mpfr_set_d(other, 1e300, MPFR_RNDZ) < 0);
    mpfr_set_d(number, -1, MPFR_RNDN);
    mpfr_sqrt(number, number, MPFR_RNDN);
    assert(mpfr_nan_p(number) && mpfr_nanflag_p());
    mpfr_clears(number, other, (mpfr_ptr)0);
    mpfr_free_cache();
    return 0;
}
