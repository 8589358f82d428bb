/* pkg-config: gmp */
#include <gmp.h>
#include <string.h>
#undef NDEBUG
#include <assert.h>

int main(void) {
    mpz_t product, root, power;
    mpz_inits(product, root, power, NULL);
    mpz_fac_ui(product, 30);
    assert(mpz_cmp_ui(product, 0) > 0 && mpz_sizeinbase(product, 10) == 33);
    char text[64];
    assert(strcmp(mpz_get_str(text, 10, product), "265252859812191058636308480000000") == 0);
    mpz_ui_pow_ui(power, 7, 5000);
    assert(mpz_sizeinbase(power, 2) == 14037 && mpz_scan1(power, 0) == 0);
    mpz_mul(product, power, power);
    assert(mpz_root(root, product, 2) != 0 && mpz_cmp(root, power) == 0);
    mpz_set_str(power, "170141183460469231731687303715884105727", 10);
    assert(mpz_probab_prime_p(power, 25) > 0);
    mpz_set_ui(root, 3);
    mpz_powm_ui(root, root, 1000003, power);
    assert(strcmp(mpz_get_str(text, 10, root), "28677267586739335224170561628067476927") == 0);
    mpq_t third;
    mpq_init(third);
    mpq_set_si(third, -6, 18);
    mpq_canonicalize(third);
    assert(strcmp(mpq_get_str(text, 10, third), "-1/3") == 0);
    mpz_clears(product, root, power, NULL);
    mpq_clear(third);
    return 0;
}
