/* pkg-config: AMD BTF CAMD CCOLAMD CHOLMOD COLAMD CXSparse KLU LDL SPQR UMFPACK */
#include <SuiteSparseQR_C.h>
#include <amd.h>
#include <btf.h>
#include <camd.h>
#include <ccolamd.h>
#include <cholmod.h>
#include <colamd.h>
#include <cs.h>
#include <klu.h>
#include <ldl.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <umfpack.h>
#undef NDEBUG
#include <assert.h>

/* The second difference of a square of SIDE x SIDE points: its eigenvalues are known. */
enum { SIDE = 24, N = SIDE * SIDE, MOST = 5 * N };
static int Ap[N + 1], Ai[MOST];
static double Ax[MOST], x[N], b[N], expected[N];

static void fill(void) {
    int at = 0;
    for (int column = 0; column < N; ++column) {
        int i = column / SIDE, j = column % SIDE;
        const int rows[] = {column - SIDE, column - 1, column, column + 1, column + SIDE};
        const int there[] = {i > 0, j > 0, 1, j < SIDE - 1, i < SIDE - 1};
        for (int one = 0; one < 5; ++one)
            if (there[one]) {
                Ai[at] = rows[one];
                Ax[at++] = one == 2 ? 4 : -1;
            }
        Ap[column + 1] = at;
        expected[column] = 1 + column % 7;
    }
    for (int column = 0; column < N; ++column)
        for (int one = Ap[column]; one < Ap[column + 1]; ++one)
            b[Ai[one]] += Ax[one] * expected[column];
}

static double logarithm_of_determinant(void) {
    double sum = 0, part = acos(-1) / (SIDE + 1);
    for (int i = 1; i <= SIDE; ++i)
        for (int j = 1; j <= SIDE; ++j)
            sum += log(4 - 2 * cos(i * part) - 2 * cos(j * part));
    return sum;
}

static void is_solution(const double *found) {
    for (int at = 0; at < N; ++at)
        assert(fabs(found[at] - expected[at]) < 1e-10);
}

static void is_permutation(const int *order, int count) {
    char seen[N + 1] = {0};
    for (int at = 0; at < count; ++at) {
        assert(order[at] >= 0 && order[at] < count && !seen[order[at]]);
        seen[order[at]] = 1;
    }
}

static void orderings(void) {
    /* The example of AMD's and CAMD's manual, with the answers printed there. */
    const int p[] = {0, 2, 6, 10, 12, 14}, i[] = {0, 1, 0, 1, 2, 4, 1, 2, 3, 4, 2, 3, 1, 4};
    const int answer[] = {0, 3, 2, 4, 1};
    int order[N + 1];
    assert(amd_order(5, p, i, order, NULL, NULL) == AMD_OK);
    assert(memcmp(order, answer, sizeof answer) == 0);
    assert(camd_order(5, p, i, order, NULL, NULL, NULL) == CAMD_OK);
    is_permutation(order, 5);

    double info[AMD_INFO];
    assert(amd_order(N, Ap, Ai, order, NULL, info) == AMD_OK);
    is_permutation(order, N);
    /* In the order of the points there are nearly SIDE in each column. */
    assert(info[AMD_LNZ] > 0 && info[AMD_LNZ] < N * SIDE / 2);

    int stats[COLAMD_STATS];
    size_t length = colamd_recommended(Ap[N], N, N);
    int *work = malloc(length * sizeof *work);
    memcpy(work, Ai, Ap[N] * sizeof *work);
    memcpy(order, Ap, sizeof Ap);
    assert(colamd(N, N, (int)length, work, order, NULL, stats) == 1);
    is_permutation(order, N);
    free(work);
    length = ccolamd_recommended(Ap[N], N, N);
    work = malloc(length * sizeof *work);
    memcpy(work, Ai, Ap[N] * sizeof *work);
    memcpy(order, Ap, sizeof Ap);
    assert(ccolamd(N, N, (int)length, work, order, NULL, stats, NULL) == 1);
    is_permutation(order, N);
    free(work);

    /* A cycle of three and what hangs on it: two blocks. */
    const int cp[] = {0, 2, 4, 6, 8}, ci[] = {0, 1, 1, 2, 0, 2, 0, 3};
    int rows[4], columns[4], blocks[5], space[20], matched;
    double effort;
    assert(btf_order(4, (int *)cp, (int *)ci, 0, &effort, rows, columns, blocks, &matched, space) == 2);
    assert(matched == 4 && blocks[1] == 3 && blocks[2] == 4);
}

static void cholesky(void) {
    cholmod_common common;
    cholmod_start(&common);
    cholmod_sparse *matrix = cholmod_allocate_sparse(N, N, Ap[N], 1, 1, 1, CHOLMOD_REAL, &common);
    memcpy(matrix->p, Ap, sizeof Ap);
    memcpy(matrix->i, Ai, Ap[N] * sizeof *Ai);
    memcpy(matrix->x, Ax, Ap[N] * sizeof *Ax);
    cholmod_dense *right = cholmod_allocate_dense(N, 1, N, CHOLMOD_REAL, &common);
    memcpy(right->x, b, sizeof b);
    const int kinds[] = {CHOLMOD_SIMPLICIAL, CHOLMOD_SUPERNODAL};
    const int methods[] = {CHOLMOD_AMD, CHOLMOD_METIS, CHOLMOD_NESDIS};
    for (int kind = 0; kind < 2; ++kind)
        for (int method = 0; method < 3; ++method) {
            common.supernodal = kinds[kind];
            common.nmethods = 1;
            common.method[0].ordering = methods[method];
            cholmod_factor *factor = cholmod_analyze(matrix, &common);
            assert(factor && factor->is_super == kind && factor->ordering == methods[method]);
            assert(cholmod_factorize(matrix, factor, &common) && common.status == CHOLMOD_OK);
            cholmod_dense *found = cholmod_solve(CHOLMOD_A, factor, right, &common);
            is_solution(found->x);
            cholmod_free_dense(&found, &common);
            assert(cholmod_change_factor(CHOLMOD_REAL, 1, 0, 1, 1, factor, &common));
            double sum = 0;
            for (int at = 0; at < N; ++at)
                sum += 2 * log(((double *)factor->x)[((int *)factor->p)[at]]);
            assert(fabs(sum - logarithm_of_determinant()) < 1e-9);
            cholmod_free_factor(&factor, &common);
        }
    /* A matrix that is not positive definite. */
    ((double *)matrix->x)[0] = -4;
    cholmod_factor *factor = cholmod_analyze(matrix, &common);
    cholmod_factorize(matrix, factor, &common);
    assert(common.status == CHOLMOD_NOT_POSDEF);
    cholmod_free_factor(&factor, &common);
    cholmod_free_dense(&right, &common);
    cholmod_free_sparse(&matrix, &common);
    cholmod_finish(&common);
    assert(common.malloc_count == 0);
}

static void unsymmetric(void) {
    void *symbolic, *numeric;
    assert(umfpack_di_symbolic(N, N, Ap, Ai, Ax, &symbolic, NULL, NULL) == UMFPACK_OK);
    assert(umfpack_di_numeric(Ap, Ai, Ax, symbolic, &numeric, NULL, NULL) == UMFPACK_OK);
    assert(umfpack_di_solve(UMFPACK_A, Ap, Ai, Ax, x, b, numeric, NULL, NULL) == UMFPACK_OK);
    is_solution(x);
    double mantissa, exponent;
    assert(umfpack_di_get_determinant(&mantissa, &exponent, numeric, NULL) == UMFPACK_OK);
    assert(fabs(log(mantissa) + exponent * log(10) - logarithm_of_determinant()) < 1e-9);
    umfpack_di_free_symbolic(&symbolic);
    umfpack_di_free_numeric(&numeric);

    klu_common common;
    klu_defaults(&common);
    klu_symbolic *analysis = klu_analyze(N, Ap, Ai, &common);
    klu_numeric *factors = klu_factor(Ap, Ai, Ax, analysis, &common);
    memcpy(x, b, sizeof b);
    assert(klu_solve(analysis, factors, N, 1, x, &common) == 1);
    is_solution(x);
    klu_free_symbolic(&analysis, &common);
    klu_free_numeric(&factors, &common);

    cs_di matrix = {.nzmax = Ap[N], .m = N, .n = N, .p = Ap, .i = Ai, .x = Ax, .nz = -1};
    memcpy(x, b, sizeof b);
    assert(cs_di_qrsol(3, &matrix, x));
    is_solution(x);
    /* 1/(3+4i), and i of the same matrix. */
    int cp[] = {0, 1, 2}, ci[] = {0, 1};
    cs_complex_t cx[] = {3 + 4 * (cs_complex_t)_Complex_I, _Complex_I}, answer[] = {25, 1};
    cs_ci complex_matrix = {.nzmax = 2, .m = 2, .n = 2, .p = cp, .i = ci, .x = cx, .nz = -1};
    assert(cs_ci_lusol(1, &complex_matrix, answer, 1));
    assert(cabs(answer[0] - (3 - 4 * _Complex_I) * 1.0) < 1e-14 && cabs(answer[1] + _Complex_I) < 1e-14);
}

static void ldl_of_a_small_one(void) {
    /* 2 on the diagonal, -1 beside it: D is 2/1, 3/2, 4/3, ... */
    enum { COUNT = 6 };
    int p[] = {0, 2, 5, 8, 11, 14, 16}, i[] = {0, 1, 0, 1, 2, 1, 2, 3, 2, 3, 4, 3, 4, 5, 4, 5};
    double values[] = {2, -1, -1, 2, -1, -1, 2, -1, -1, 2, -1, -1, 2, -1, -1, 2};
    int lp[COUNT + 1], parent[COUNT], counts[COUNT], flag[COUNT], li[COUNT], pattern[COUNT];
    double lx[COUNT], d[COUNT], y[COUNT];
    ldl_symbolic(COUNT, p, i, lp, parent, counts, flag, NULL, NULL);
    assert(lp[COUNT] == COUNT - 1);
    assert(ldl_numeric(COUNT, p, i, values, lp, parent, counts, li, lx, d, y, pattern, flag, NULL, NULL) == COUNT);
    for (int at = 0; at < COUNT; ++at)
        assert(fabs(d[at] - (at + 2.0) / (at + 1)) < 1e-14);
}

static void least_squares(void) {
    /* The line through (0, 1), (1, 3), (2, 5), (3, 8) that is nearest to them: 0.8 + 2.3 t. Then one of rank 1. */
    cholmod_common common;
    cholmod_l_start(&common);
    cholmod_triplet *entries = cholmod_l_allocate_triplet(4, 2, 8, 0, CHOLMOD_REAL, &common);
    for (int at = 0; at < 8; ++at) {
        ((int64_t *)entries->i)[at] = at % 4;
        ((int64_t *)entries->j)[at] = at / 4;
        ((double *)entries->x)[at] = at < 4 ? 1 : at - 4;
    }
    entries->nnz = 8;
    cholmod_sparse *matrix = cholmod_l_triplet_to_sparse(entries, 8, &common);
    cholmod_dense *right = cholmod_l_allocate_dense(4, 1, 4, CHOLMOD_REAL, &common);
    memcpy(right->x, (double[]){1, 3, 5, 8}, 4 * sizeof(double));
    cholmod_dense *found = SuiteSparseQR_C_backslash_default(matrix, right, &common);
    const double *line = found->x;
    assert(fabs(line[0] - 0.8) < 1e-13 && fabs(line[1] - 2.3) < 1e-13);
    cholmod_l_free_dense(&found, &common);

    for (int at = 0; at < 8; ++at)
        ((double *)matrix->x)[at] = at < 4 ? at + 1 : 2 * (at - 3);
    cholmod_sparse *upper;
    int64_t *order;
    assert(SuiteSparseQR_C_QR(SPQR_ORDERING_DEFAULT, SPQR_DEFAULT_TOL, 2, matrix, NULL, &upper, &order, &common) == 1);
    assert(fabs(fabs(((double *)upper->x)[0]) - sqrt(30)) < 1e-12 || fabs(fabs(((double *)upper->x)[0]) - sqrt(120)) < 1e-12);
    cholmod_l_free(2, sizeof *order, order, &common);
    cholmod_l_free_sparse(&upper, &common);
    cholmod_l_free_dense(&right, &common);
    cholmod_l_free_sparse(&matrix, &common);
    cholmod_l_free_triplet(&entries, &common);
    cholmod_l_finish(&common);
}

int main(void) {
    assert(SUITESPARSE_VERSION == SUITESPARSE_VER_CODE(7, 10));
    fill();
    orderings();
    cholesky();
    unsymmetric();
    ldl_of_a_small_one();
    least_squares();
    return 0;
}
