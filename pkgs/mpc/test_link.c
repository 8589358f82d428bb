/* pkg-config: mpc */
#include <mpc.h>
#include <string.h>
#undef NDEBUG
#include <assert.h>

int main(void) {
    mpc_t number;
    mpc_init2(number, 120);
    mpc_set_si_si(number, -3, 4, MPC_RNDNN);
    mpc_sqrt(number, number, MPC_RNDNN);
    assert(mpc_cmp_si_si(number, 1, 2) == 0);
    mpc_log(number, number, MPC_RNDNN);
    char *text = mpc_get_str(10, 25, number, MPC_RNDNN);
    assert(strcmp(text, "(8.047189562170501873003797e-1 1.107148717794090503017065)") == 0);
    mpc_free_str(text);
    assert(mpc_set_str(number, "(1.5 -0.25)", 10, MPC_RNDNN) == 0);
    mpc_pow_ui(number, number, 3, MPC_RNDNN);
    assert(mpfr_get_d(mpc_realref(number), MPFR_RNDN) == 3.09375);
    assert(mpfr_get_d(mpc_imagref(number), MPFR_RNDN) == -1.671875);
    mpc_clear(number);
    return 0;
}
