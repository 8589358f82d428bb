/* pkg-config: gsl */
#include <gsl/gsl_cblas.h>
#include <gsl/gsl_cdf.h>
#include <gsl/gsl_eigen.h>
#include <gsl/gsl_errno.h>
#include <gsl/gsl_fft_complex.h>
#include <gsl/gsl_integration.h>
#include <gsl/gsl_linalg.h>
#include <gsl/gsl_math.h>
#include <gsl/gsl_multifit.h>
#include <gsl/gsl_odeiv2.h>
#include <gsl/gsl_poly.h>
#include <gsl/gsl_rng.h>
#include <gsl/gsl_roots.h>
#include <gsl/gsl_sf.h>
#include <gsl/gsl_sort_vector.h>
#include <gsl/gsl_spline.h>
#include <gsl/gsl_version.h>
#include <string.h>
#undef NDEBUG
#include <assert.h>

static int near(double value, double expected, double allowed) {
    return fabs(value - expected) <= allowed * fmax(1, fabs(expected));
}

static void special_functions(void) {
    assert(near(gsl_sf_bessel_J0(5), -0.17759677131433830435, 1e-15));
    assert(near(gsl_sf_gamma(0.5), M_SQRTPI, 1e-15) && near(gsl_sf_zeta(2), M_PI * M_PI / 6, 1e-15));
    assert(near(gsl_sf_clausen(M_PI_2), 0.91596559417721901505, 1e-15));
    assert(near(gsl_sf_airy_Ai(0, GSL_PREC_DOUBLE), 0.35502805388781723926, 1e-15));
    assert(near(gsl_sf_hyperg_2F1(1, 1, 2, -0.5), 2 * log(1.5), 1e-14));
    assert(gsl_sf_fact(20) == 2432902008176640000. && gsl_sf_legendre_P3(0.5) == -0.4375);
    assert(near(gsl_cdf_gaussian_Pinv(0.975, 1), 1.9599639845400542355, 1e-14));
    gsl_sf_result result;
    assert(gsl_sf_gamma_e(-1, &result) == GSL_EDOM && gsl_isnan(result.val));
    assert(strcmp(gsl_strerror(GSL_EDOM), "input domain error") == 0);
}

static double singular(double x, void *power) { return pow(x, *(double *)power) * log(x); }
static double bell(double x, void *unused) { return exp(-x * x); }

static void integrals(void) {
    double power = -0.5, value, error;
    gsl_function there = {singular, &power}, everywhere = {bell, NULL};
    gsl_integration_workspace *space = gsl_integration_workspace_alloc(1000);
    assert(gsl_integration_qags(&there, 0, 1, 0, 1e-9, 1000, space, &value, &error) == GSL_SUCCESS);
    assert(near(value, -4, 1e-9) && error < 1e-8);
    assert(gsl_integration_qagi(&everywhere, 0, 1e-10, 1000, space, &value, &error) == GSL_SUCCESS);
    assert(near(value, M_SQRTPI, 1e-10));
    /* The limit of one interval is too low. */
    assert(gsl_integration_qags(&there, 0, 1, 0, 1e-9, 1, space, &value, &error) != GSL_SUCCESS);
    gsl_integration_workspace_free(space);
}

/* A wave of 7 periods has two lines in its spectrum. 630 has the factors 2, 3, 3, 5, 7. */
static void transforms(void) {
    enum { POINTS = 630 };
    static double data[2 * POINTS];
    for (int at = 0; at < POINTS; at++)
        data[2 * at] = cos(2 * M_PI * 7 * at / POINTS);
    gsl_fft_complex_wavetable *table = gsl_fft_complex_wavetable_alloc(POINTS);
    gsl_fft_complex_workspace *space = gsl_fft_complex_workspace_alloc(POINTS);
    assert(gsl_fft_complex_forward(data, 1, POINTS, table, space) == GSL_SUCCESS);
    for (int at = 0; at < POINTS; at++)
        assert(near(hypot(data[2 * at], data[2 * at + 1]), at == 7 || at == POINTS - 7 ? POINTS / 2. : 0, 1e-12));
    assert(gsl_fft_complex_inverse(data, 1, POINTS, table, space) == GSL_SUCCESS);
    for (int at = 0; at < POINTS; at++)
        assert(near(data[2 * at], cos(2 * M_PI * 7 * at / POINTS), 1e-13));
    gsl_fft_complex_wavetable_free(table);
    gsl_fft_complex_workspace_free(space);
}

/* The standard of C++ names the first of these numbers. */
static void random_numbers(void) {
    const struct { const gsl_rng_type *kind; unsigned long seed, number; } known[] = {
        {gsl_rng_mt19937, 5489, 4123659995UL}, {gsl_rng_taus, 1, 2733957125UL}, {gsl_rng_minstd, 1, 1043618065UL}};
    for (size_t at = 0; at < sizeof known / sizeof *known; at++) {
        gsl_rng *generator = gsl_rng_alloc(known[at].kind);
        unsigned long number = 0;
        gsl_rng_set(generator, known[at].seed);
        for (int count = 0; count < 10000; count++)
            number = gsl_rng_get(generator);
        assert(number == known[at].number);
        gsl_rng_free(generator);
    }
}

static void matrices(void) {
    enum { SIZE = 20 };
    gsl_matrix *second = gsl_matrix_calloc(SIZE, SIZE);
    for (int at = 0; at < SIZE; at++) {
        gsl_matrix_set(second, at, at, 2);
        if (at > 0) {
            gsl_matrix_set(second, at, at - 1, -1);
            gsl_matrix_set(second, at - 1, at, -1);
        }
    }
    gsl_vector *values = gsl_vector_alloc(SIZE);
    gsl_eigen_symm_workspace *space = gsl_eigen_symm_alloc(SIZE);
    assert(gsl_eigen_symm(second, values, space) == GSL_SUCCESS);
    gsl_sort_vector(values);
    for (int at = 0; at < SIZE; at++)
        assert(near(gsl_vector_get(values, at), 2 - 2 * cos(M_PI * (at + 1) / (SIZE + 1)), 1e-13));
    gsl_eigen_symm_free(space);

    double turn[] = {0.6, -0.8, 0.8, 0.6};
    gsl_matrix_view rotation = gsl_matrix_view_array(turn, 2, 2);
    gsl_vector_complex *both = gsl_vector_complex_alloc(2);
    gsl_eigen_nonsymm_workspace *general = gsl_eigen_nonsymm_alloc(2);
    assert(gsl_eigen_nonsymm(&rotation.matrix, both, general) == GSL_SUCCESS);
    const gsl_complex first = gsl_vector_complex_get(both, 0);
    assert(near(GSL_REAL(first), 0.6, 1e-14) && near(fabs(GSL_IMAG(first)), 0.8, 1e-14));
    gsl_eigen_nonsymm_free(general);

    int sign;
    double hilbert[16];
    for (int at = 0; at < 16; at++)
        hilbert[at] = 1. / (at / 4 + at % 4 + 1);
    gsl_matrix_view matrix = gsl_matrix_view_array(hilbert, 4, 4);
    gsl_permutation *order = gsl_permutation_alloc(4);
    assert(gsl_linalg_LU_decomp(&matrix.matrix, order, &sign) == GSL_SUCCESS);
    assert(near(gsl_linalg_LU_det(&matrix.matrix, sign) * 6048000, 1, 1e-11));
    gsl_permutation_free(order);

    const double left[] = {1, 2, 3, 4, 5, 6}, right[] = {1, 0, 2, -1, 3, 1};
    double product[] = {100, 100, 100, 100};
    cblas_dgemm(CblasRowMajor, CblasNoTrans, CblasNoTrans, 2, 2, 3, 2, left, 3, right, 2, 0.5, product, 2);
    assert(product[0] == 78 && product[1] == 52 && product[2] == 114 && product[3] == 52);
    gsl_vector_complex_free(both);
    gsl_vector_free(values);
    gsl_matrix_free(second);
}

static double parabola(double x, void *unused) { return x * x - 5; }
static int swing(double t, const double y[], double change[], void *unused) {
    change[0] = y[1];
    change[1] = -y[0];
    return GSL_SUCCESS;
}

static void equations(void) {
    gsl_function function = {parabola, NULL};
    gsl_root_fsolver *solver = gsl_root_fsolver_alloc(gsl_root_fsolver_brent);
    assert(gsl_root_fsolver_set(solver, &function, 0, 5) == GSL_SUCCESS);
    for (int step = 0; step < 60; step++)
        gsl_root_fsolver_iterate(solver);
    assert(near(gsl_root_fsolver_root(solver), sqrt(5), 1e-14));
    gsl_root_fsolver_free(solver);

    double t = 0, y[] = {1, 0};
    gsl_odeiv2_system system = {swing, NULL, 2, NULL};
    gsl_odeiv2_driver *driver = gsl_odeiv2_driver_alloc_y_new(&system, gsl_odeiv2_step_rk8pd, 1e-3, 1e-12, 0);
    assert(gsl_odeiv2_driver_apply(driver, &t, 10, y) == GSL_SUCCESS);
    assert(near(y[0], cos(10), 1e-9) && near(y[1], -sin(10), 1e-9));
    gsl_odeiv2_driver_free(driver);

    /* x^5 = 1 */
    double roots[10];
    const double coefficients[] = {-1, 0, 0, 0, 0, 1};
    gsl_poly_complex_workspace *space = gsl_poly_complex_workspace_alloc(6);
    assert(gsl_poly_complex_solve(coefficients, 6, space, roots) == GSL_SUCCESS);
    for (int at = 0; at < 5; at++)
        assert(near(hypot(roots[2 * at], roots[2 * at + 1]), 1, 1e-13));
    gsl_poly_complex_workspace_free(space);
}

static void fits(void) {
    enum { POINTS = 12 };
    double x[POINTS], y[POINTS], chisq;
    gsl_matrix *model = gsl_matrix_alloc(POINTS, 3), *covariance = gsl_matrix_alloc(3, 3);
    gsl_vector *values = gsl_vector_alloc(POINTS), *found = gsl_vector_alloc(3);
    for (int at = 0; at < POINTS; at++) {
        x[at] = at / 4.;
        y[at] = 3 - x[at] + 0.5 * x[at] * x[at];
        for (int power = 0; power < 3; power++)
            gsl_matrix_set(model, at, power, gsl_pow_int(x[at], power));
        gsl_vector_set(values, at, y[at]);
    }
    gsl_multifit_linear_workspace *space = gsl_multifit_linear_alloc(POINTS, 3);
    assert(gsl_multifit_linear(model, values, found, covariance, &chisq, space) == GSL_SUCCESS && chisq < 1e-24);
    assert(near(gsl_vector_get(found, 0), 3, 1e-12) && near(gsl_vector_get(found, 1), -1, 1e-12));
    assert(near(gsl_vector_get(found, 2), 0.5, 1e-12));
    gsl_multifit_linear_free(space);
    gsl_vector_free(values);
    gsl_vector_free(found);
    gsl_matrix_free(model);
    gsl_matrix_free(covariance);

    /* Steffen's polynomial goes through the points, and never beyond them. */
    gsl_spline *spline = gsl_spline_alloc(gsl_interp_steffen, POINTS);
    gsl_interp_accel *last = gsl_interp_accel_alloc();
    assert(gsl_spline_init(spline, x, y, POINTS) == GSL_SUCCESS);
    assert(gsl_spline_eval(spline, 1.25, last) == y[5] && fabs(gsl_spline_eval(spline, 1.3, last) - 2.545) < 0.01);
    gsl_spline_free(spline);
    gsl_interp_accel_free(last);
}

int main(void) {
    assert(strcmp(gsl_version, GSL_VERSION) == 0);
    gsl_set_error_handler_off();
    special_functions();
    integrals();
    transforms();
    random_numbers();
    matrices();
    equations();
    fits();
    return 0;
}
