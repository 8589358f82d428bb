/* pkg-config: flint mpfr gmp */
#include <gmp.h>
#include <flint/acb.h>
#include <flint/arb.h>
#include <flint/fmpz_factor.h>
#include <flint/fmpz_mat.h>
#include <flint/fmpz_poly.h>
#include <flint/fmpz_poly_factor.h>
#include <flint/fq_default.h>
#include <flint/nmod_poly.h>
#include <flint/partitions.h>
#include <string.h>
#undef NDEBUG
#include <assert.h>

_Static_assert(FLINT_BITS == GMP_LIMB_BITS && sizeof(ulong) == sizeof(mp_limb_t), "a limb is GMP's");

static int is(const fmpz_t number, const char *expected) {
    char *text = fmpz_get_str(NULL, 10, number);
    int same = strcmp(text, expected) == 0;
    flint_free(text);
    return same;
}

static void integers(void) {
    fmpz_t number, other;
    fmpz_factor_t factors;
    fmpz_init(number);
    fmpz_init(other);
    fmpz_factor_init(factors);
    fmpz_one_2exp(number, 101);
    fmpz_sub_ui(number, number, 1);
    fmpz_factor(factors, number);
    assert(factors->num == 2 && is(factors->p, "7432339208719") && is(factors->p + 1, "341117531003194129"));
    partitions_fmpz_ui(number, 1000);
    assert(is(number, "24061467864032622473692149727991"));
    /* Long enough for the multiplication by transforms; GMP's own answer. */
    mpz_t left, right;
    mpz_init(left);
    mpz_init(right);
    mpz_ui_pow_ui(left, 3, 400000);
    mpz_ui_pow_ui(right, 7, 300000);
    fmpz_set_mpz(number, left);
    fmpz_set_mpz(other, right);
    fmpz_mul(number, number, other);
    mpz_mul(left, left, right);
    fmpz_get_mpz(right, number);
    assert(mpz_cmp(left, right) == 0);
    mpz_clear(left);
    mpz_clear(right);
    fmpz_factor_clear(factors);
    fmpz_clear(number);
    fmpz_clear(other);
}

static void matrices(void) {
    fmpz_mat_t matrix;
    fmpz_mat_init(matrix, 3, 3);
    const int entries[] = {2, 4, 4, -6, 6, 12, 10, -4, -16};
    for (int at = 0; at < 9; ++at)
        fmpz_set_si(fmpz_mat_entry(matrix, at / 3, at % 3), entries[at]);
    fmpz_mat_snf(matrix, matrix);
    const int divisors[] = {2, 6, 12};
    for (int at = 0; at < 9; ++at)
        assert(fmpz_equal_si(fmpz_mat_entry(matrix, at / 3, at % 3), at % 4 ? 0 : divisors[at / 4]));
    fmpz_mat_clear(matrix);
}

static void polynomials(void) {
    fmpz_poly_t poly;
    fmpz_poly_factor_t factors;
    fmpz_poly_init(poly);
    fmpz_poly_factor_init(factors);
    fmpz_poly_cyclotomic(poly, 105);
    assert(fmpz_poly_degree(poly) == 48 && fmpz_poly_get_coeff_si(poly, 7) == -2);
    fmpz_poly_zero(poly);
    fmpz_poly_set_coeff_si(poly, 105, 1);
    fmpz_poly_set_coeff_si(poly, 0, -1);
    fmpz_poly_factor(factors, poly);
    assert(factors->num == 8);
    fmpz_poly_factor_clear(factors);
    fmpz_poly_clear(poly);

    nmod_poly_t residues, inverse;
    nmod_poly_init(residues, 4294967291u);
    nmod_poly_init(inverse, 4294967291u);
    nmod_poly_set_coeff_ui(residues, 0, 1);
    nmod_poly_set_coeff_ui(residues, 1, 4294967290u);
    nmod_poly_inv_series(inverse, residues, 300);
    for (int at = 0; at < 300; ++at)
        assert(nmod_poly_get_coeff_ui(inverse, at) == 1);
    nmod_poly_clear(residues);
    nmod_poly_clear(inverse);

    fmpz_t prime;
    fq_default_ctx_t field;
    fq_default_t element;
    fmpz_init_set_ui(prime, 7);
    fq_default_ctx_init(field, prime, 5, "a");
    fq_default_init(element, field);
    fq_default_gen(element, field);
    fq_default_pow_ui(element, element, 16806, field);
    assert(fq_default_is_one(element, field));
    fq_default_clear(element, field);
    fq_default_ctx_clear(field);
    fmpz_clear(prime);
}

static void balls(void) {
    arb_t ball, other;
    acb_t zero;
    arb_init(ball);
    arb_init(other);
    acb_init(zero);
    arb_const_pi(ball, 400);
    char *text = arb_get_str(ball, 100, ARB_STR_NO_RADIUS);
    assert(strncmp(text, "3.14159265358979323846264338327950288419716939937510582097494459230781640628620899862803482534211", 97) == 0);
    flint_free(text);
    /* zeta(2) = pi^2 / 6, gamma(1/2)^2 = pi: the balls meet, and are small. */
    arb_set_ui(other, 2);
    arb_zeta(other, other, 400);
    arb_mul_ui(other, other, 6, 400);
    arb_sqrt(other, other, 400);
    assert(arb_overlaps(ball, other) && arb_rel_accuracy_bits(other) > 380);
    arb_set_d(other, 0.5);
    arb_gamma(other, other, 400);
    arb_sqr(other, other, 400);
    assert(arb_overlaps(ball, other) && arb_rel_accuracy_bits(other) > 380);
    acb_set_d_d(zero, 0.5, 14.134725141734694);
    acb_zeta(zero, zero, 128);
    arb_set_d(ball, 1e-14);
    acb_abs(other, zero, 128);
    assert(arb_lt(other, ball));
    arb_clear(ball);
    arb_clear(other);
    acb_clear(zero);
}

int main(void) {
    assert(strcmp(flint_version, FLINT_VERSION) == 0 && strcmp(flint_version, "3.6.0") == 0);
    assert(mp_bits_per_limb == FLINT_BITS && flint_get_num_threads() == 1);
    integers();
    matrices();
    polynomials();
    balls();
    flint_cleanup_master();
    return 0;
}
