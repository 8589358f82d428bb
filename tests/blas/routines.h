/* The routines of one type, which REAL, EPSILON, LARGEST, LETTER and COMPLEX describe; they are undefined at the end. */
#define N(name) JOIN(name##_, LETTER)
#define BLAS(name) JOIN(LETTER, name##_)
#define NAME(name) TEXT(LETTER) #name

#ifdef COMPLEX
#define SCALAR REAL complex
#define TRANSPOSES "NTC"
#else
#define SCALAR REAL
#define TRANSPOSES "NTC"
#endif

extern void BLAS(gemm)(char *, char *, int *, int *, int *, SCALAR *, SCALAR *, int *, SCALAR *, int *, SCALAR *, SCALAR *,
                       int *);
extern void BLAS(symm)(char *, char *, int *, int *, SCALAR *, SCALAR *, int *, SCALAR *, int *, SCALAR *, SCALAR *,
                       int *);
extern void BLAS(syrk)(char *, char *, int *, int *, SCALAR *, SCALAR *, int *, SCALAR *, SCALAR *, int *);
extern void BLAS(syr2k)(char *, char *, int *, int *, SCALAR *, SCALAR *, int *, SCALAR *, int *, SCALAR *, SCALAR *,
                        int *);
extern void BLAS(trmm)(char *, char *, char *, char *, int *, int *, SCALAR *, SCALAR *, int *, SCALAR *, int *);
extern void BLAS(trsm)(char *, char *, char *, char *, int *, int *, SCALAR *, SCALAR *, int *, SCALAR *, int *);
extern void BLAS(gemv)(char *, int *, int *, SCALAR *, SCALAR *, int *, SCALAR *, int *, SCALAR *, SCALAR *, int *);
extern void BLAS(trmv)(char *, char *, char *, int *, SCALAR *, int *, SCALAR *, int *);
extern void BLAS(trsv)(char *, char *, char *, int *, SCALAR *, int *, SCALAR *, int *);
extern void BLAS(axpy)(int *, SCALAR *, SCALAR *, int *, SCALAR *, int *);
extern void BLAS(scal)(int *, SCALAR *, SCALAR *, int *);
extern void BLAS(copy)(int *, SCALAR *, int *, SCALAR *, int *);
extern void BLAS(swap)(int *, SCALAR *, int *, SCALAR *, int *);
extern REAL NRM2(int *, SCALAR *, int *);
extern REAL ASUM(int *, SCALAR *, int *);
extern int IAMAX(int *, SCALAR *, int *);
#ifdef COMPLEX
extern void BLAS(hemm)(char *, char *, int *, int *, SCALAR *, SCALAR *, int *, SCALAR *, int *, SCALAR *, SCALAR *,
                       int *);
extern void BLAS(herk)(char *, char *, int *, int *, REAL *, SCALAR *, int *, REAL *, SCALAR *, int *);
extern void BLAS(hemv)(char *, int *, SCALAR *, SCALAR *, int *, SCALAR *, int *, SCALAR *, SCALAR *, int *);
extern void BLAS(geru)(int *, int *, SCALAR *, SCALAR *, int *, SCALAR *, int *, SCALAR *, int *);
extern SCALAR BLAS(dotu)(int *, SCALAR *, int *, SCALAR *, int *);
extern SCALAR BLAS(dotc)(int *, SCALAR *, int *, SCALAR *, int *);
#define DOT BLAS(dotu)
#define GER BLAS(geru)
#else
extern void BLAS(symv)(char *, int *, SCALAR *, SCALAR *, int *, SCALAR *, int *, SCALAR *, SCALAR *, int *);
extern void BLAS(ger)(int *, int *, SCALAR *, SCALAR *, int *, SCALAR *, int *, SCALAR *, int *);
extern SCALAR BLAS(dot)(int *, SCALAR *, int *, SCALAR *, int *);
#define DOT BLAS(dot)
#define GER BLAS(ger)
#endif

static SCALAR N(value)(void) {
#ifdef COMPLEX
  return (REAL)uniform() + (REAL)uniform() * I;
#else
  return (REAL)uniform();
#endif
}

/* A factor: often one of those that BLAS treats apart. */
static SCALAR N(factor)(void) { return below(3) ? N(value)() : (SCALAR)below(2); }

static SCALAR *N(array)(int count) {
  SCALAR *a = malloc((size_t)(count + 1) * sizeof *a);
  for (int i = 0; i < count; i++) a[i] = N(value)();
  return a;
}

static SCALAR *N(copied)(const SCALAR *a, int count) {
  SCALAR *b = malloc((size_t)(count + 1) * sizeof *b);
  memcpy(b, a, (size_t)count * sizeof *b);
  return b;
}

/* Element (i, j) of op(A). */
static number N(at)(const SCALAR *a, int ld, char trans, int i, int j) {
  return trans == 'N' ? a[i + j * ld] : trans == 'T' ? a[j + i * ld] : conj(a[j + i * ld]);
}

/* Element (i, j) of a triangle of A. */
static number N(triangle)(const SCALAR *a, int ld, char uplo, char trans, char diag, int i, int j) {
  if (trans != 'N') {
    number mirrored = N(triangle)(a, ld, uplo, 'N', diag, j, i);
    return trans == 'C' ? conj(mirrored) : mirrored;
  }
  if (i == j) return diag == 'U' ? 1 : a[i + j * ld];
  return (uplo == 'U') == (i < j) ? a[i + j * ld] : 0;
}

/* Element (i, j) of the symmetric (or Hermitian) matrix of which A holds a triangle. */
static number N(symmetric)(const SCALAR *a, int ld, char uplo, int hermitian, int i, int j) {
  if (i == j) return hermitian ? creal(a[i + j * ld]) : a[i + j * ld];
  if ((uplo == 'U') == (i < j)) return a[i + j * ld];
  return hermitian ? conj(a[j + i * ld]) : a[j + i * ld];
}

/* Far enough from singular that a solution is as exact as the product that undoes it. */
static void N(dominate)(SCALAR *a, int n, int ld) {
  for (int i = 0; i < n; i++) a[i + i * ld] = (REAL)(n + 2) + a[i + i * ld];
}

static double N(worse)(double error, number found, number wanted) {
  double difference = cabs(found - wanted);
  return difference > error || isnan(difference) ? difference : error;
}

static double N(tolerance)(int k) { return 16.0 * EPSILON * (k + 4); }

static void N(gemm)(void) {
  char ta = one_of(TRANSPOSES), tb = one_of(TRANSPOSES), text[160];
  int m = dimension(), n = dimension(), k = dimension();
  int lda = (ta == 'N' ? m : k) + 1 + below(3), ldb = (tb == 'N' ? k : n) + 1 + below(3), ldc = m + 1 + below(3);
  SCALAR alpha = N(factor)(), beta = N(factor)();
  SCALAR *a = N(array)(lda * (ta == 'N' ? k : m)), *b = N(array)(ldb * (tb == 'N' ? n : k)), *c = N(array)(ldc * n);
  if (beta == 0)
    for (int i = 0; i < ldc * n; i++) c[i] = NAN;
  SCALAR *old = N(copied)(c, ldc * n);
  double error = 0;
  BLAS(gemm)(&ta, &tb, &m, &n, &k, &alpha, a, &lda, b, &ldb, &beta, c, &ldc);
  for (int j = 0; j < n; j++)
    for (int i = 0; i < m; i++) {
      number sum = 0;
      for (int p = 0; p < k; p++) sum += N(at)(a, lda, ta, i, p) * N(at)(b, ldb, tb, p, j);
      sum = alpha * sum + (beta == 0 ? 0 : beta * (number)old[i + j * ldc]);
      error = N(worse)(error, c[i + j * ldc], sum);
    }
  sprintf(text, "%c%c m=%d n=%d k=%d lda=%d ldb=%d ldc=%d", ta, tb, m, n, k, lda, ldb, ldc);
  check(NAME(gemm), text, error, N(tolerance)(k));
  free(a), free(b), free(c), free(old);
}

/* A part of a product is the same, to the last bit, if it is computed alone: LAPACK's tests compare what was computed in two ways. */
static void N(gemm_part)(void) {
  char ta = one_of(TRANSPOSES), tb = one_of(TRANSPOSES);
  int m = dimension(), n = dimension(), k = dimension(), row = m ? below(m) : 0, column = n ? below(n) : 0, same = 1;
  int lda = (ta == 'N' ? m : k) + 1, ldb = (tb == 'N' ? k : n) + 1, ldc = m + 1, rows = m - row, columns = n - column;
  SCALAR alpha = N(factor)(), beta = N(factor)();
  SCALAR *a = N(array)(lda * (ta == 'N' ? k : m)), *b = N(array)(ldb * (tb == 'N' ? n : k)), *c = N(array)(ldc * n);
  SCALAR *part = N(copied)(c, ldc * n);
  BLAS(gemm)(&ta, &tb, &m, &n, &k, &alpha, a, &lda, b, &ldb, &beta, c, &ldc);
  BLAS(gemm)(&ta, &tb, &rows, &columns, &k, &alpha, a + (ta == 'N' ? row : row * lda), &lda,
             b + (tb == 'N' ? column * ldb : column), &ldb, &beta, part + row + column * ldc, &ldc);
  for (int j = column; j < n; j++)
    for (int i = row; i < m; i++) same &= c[i + j * ldc] == part[i + j * ldc];
  expect(NAME(gemm), "that a part computed alone is the same", same);
  free(a), free(b), free(c), free(part);
}

static void N(symm)(int hermitian) {
  char side = one_of("LR"), uplo = one_of("UL"), text[160];
  int m = dimension(), n = dimension(), order = side == 'L' ? m : n, lda = order + 1 + below(3), ld = m + 1 + below(3);
  SCALAR alpha = N(factor)(), beta = N(factor)();
  SCALAR *a = N(array)(lda * order), *b = N(array)(ld * n), *c = N(array)(ld * n), *old = N(copied)(c, ld * n);
  double error = 0;
#ifdef COMPLEX
  if (hermitian)
    BLAS(hemm)(&side, &uplo, &m, &n, &alpha, a, &lda, b, &ld, &beta, c, &ld);
  else
#endif
    BLAS(symm)(&side, &uplo, &m, &n, &alpha, a, &lda, b, &ld, &beta, c, &ld);
  for (int j = 0; j < n; j++)
    for (int i = 0; i < m; i++) {
      number sum = 0;
      for (int p = 0; p < order; p++)
        sum += side == 'L' ? N(symmetric)(a, lda, uplo, hermitian, i, p) * b[p + j * ld]
                           : b[i + p * ld] * N(symmetric)(a, lda, uplo, hermitian, p, j);
      error = N(worse)(error, c[i + j * ld], alpha * sum + beta * (number)old[i + j * ld]);
    }
  sprintf(text, "%c%c m=%d n=%d lda=%d ld=%d", side, uplo, m, n, lda, ld);
  check(hermitian ? NAME(hemm) : NAME(symm), text, error, N(tolerance)(order));
  free(a), free(b), free(c), free(old);
}

static void N(syrk)(void) {
  char uplo = one_of("UL"), trans = one_of("NT"), text[160];
  int n = dimension(), k = dimension(), lda = (trans == 'N' ? n : k) + 1 + below(3), ldc = n + 1 + below(3);
  int two = below(2), columns = trans == 'N' ? k : n;
  SCALAR alpha = N(factor)(), beta = N(factor)();
  SCALAR *a = N(array)(lda * columns), *b = N(array)(lda * columns), *c = N(array)(ldc * n), *old = N(copied)(c, ldc * n);
  double error = 0;
  if (two)
    BLAS(syr2k)(&uplo, &trans, &n, &k, &alpha, a, &lda, b, &lda, &beta, c, &ldc);
  else
    BLAS(syrk)(&uplo, &trans, &n, &k, &alpha, a, &lda, &beta, c, &ldc);
  for (int j = 0; j < n; j++)
    for (int i = 0; i < n; i++) {
      number sum = 0;
      for (int p = 0; p < k; p++)
        sum += two ? N(at)(a, lda, trans, i, p) * N(at)(b, lda, trans, j, p) +
                         N(at)(b, lda, trans, i, p) * N(at)(a, lda, trans, j, p)
                   : N(at)(a, lda, trans, i, p) * N(at)(a, lda, trans, j, p);
      int inside = i == j || (uplo == 'U') == (i < j);
      number wanted = inside ? alpha * sum + beta * (number)old[i + j * ldc] : old[i + j * ldc];
      error = N(worse)(error, c[i + j * ldc], wanted);
    }
  sprintf(text, "%c%c n=%d k=%d lda=%d ldc=%d", uplo, trans, n, k, lda, ldc);
  check(two ? NAME(syr2k) : NAME(syrk), text, error, N(tolerance)(2 * k));
  free(a), free(b), free(c), free(old);
}

#ifdef COMPLEX
static void N(herk)(void) {
  char uplo = one_of("UL"), trans = one_of("NC"), text[160];
  int n = dimension(), k = dimension(), lda = (trans == 'N' ? n : k) + 1 + below(3), ldc = n + 1 + below(3);
  REAL alpha = (REAL)uniform(), beta = (REAL)uniform();
  SCALAR *a = N(array)(lda * (trans == 'N' ? k : n)), *c = N(array)(ldc * n), *old = N(copied)(c, ldc * n);
  double error = 0;
  BLAS(herk)(&uplo, &trans, &n, &k, &alpha, a, &lda, &beta, c, &ldc);
  for (int j = 0; j < n; j++)
    for (int i = 0; i < n; i++) {
      number sum = 0;
      for (int p = 0; p < k; p++) sum += N(at)(a, lda, trans, i, p) * conj(N(at)(a, lda, trans, j, p));
      number before = i == j ? creal(old[i + j * ldc]) : old[i + j * ldc];
      int inside = i == j || (uplo == 'U') == (i < j);
      error = N(worse)(error, c[i + j * ldc], inside ? alpha * sum + beta * before : before);
    }
  sprintf(text, "%c%c n=%d k=%d lda=%d ldc=%d", uplo, trans, n, k, lda, ldc);
  check(NAME(herk), text, error, N(tolerance)(k));
  free(a), free(c), free(old);
}
#endif

/* trmm, and trsm by the product that undoes it. */
static void N(trxm)(int solve) {
  char side = one_of("LR"), uplo = one_of("UL"), trans = one_of(TRANSPOSES), diag = one_of("NU"), text[160];
  int m = dimension(), n = dimension(), order = side == 'L' ? m : n, lda = order + 1 + below(3), ldb = m + 1 + below(3);
  SCALAR alpha = N(factor)(), *a = N(array)(lda * order), *b = N(array)(ldb * n);
  double error = 0;
  if (solve) {
    N(dominate)(a, order, lda);
    /* With ones on the diagonal only small elements beside it keep solutions small. */
    if (diag == 'U')
      for (int i = 0; i < lda * order; i++) a[i] /= (REAL)(order + 2);
  }
  SCALAR *old = N(copied)(b, ldb * n);
  (solve ? BLAS(trsm) : BLAS(trmm))(&side, &uplo, &trans, &diag, &m, &n, &alpha, a, &lda, b, &ldb);
  const SCALAR *factor = solve ? b : old;
  for (int j = 0; j < n; j++)
    for (int i = 0; i < m; i++) {
      number sum = 0;
      for (int p = 0; p < order; p++)
        sum += side == 'L' ? N(triangle)(a, lda, uplo, trans, diag, i, p) * factor[p + j * ldb]
                           : factor[i + p * ldb] * N(triangle)(a, lda, uplo, trans, diag, p, j);
      error = solve ? N(worse)(error, sum, alpha * (number)old[i + j * ldb]) : N(worse)(error, b[i + j * ldb], alpha * sum);
    }
  sprintf(text, "%c%c%c%c m=%d n=%d lda=%d ldb=%d", side, uplo, trans, diag, m, n, lda, ldb);
  check(solve ? NAME(trsm) : NAME(trmm), text, error, N(tolerance)(order));
  free(a), free(b), free(old);
}

static void N(trxv)(int solve) {
  char uplo = one_of("UL"), trans = one_of(TRANSPOSES), diag = one_of("NU"), text[160];
  int n = dimension(), lda = n + 1 + below(3), inc = stride();
  SCALAR *a = N(array)(lda * n), *x = N(array)(n * abs(inc) + 1);
  double error = 0;
  if (solve) {
    N(dominate)(a, n, lda);
    if (diag == 'U')
      for (int i = 0; i < lda * n; i++) a[i] /= (REAL)(n + 2);
  }
  SCALAR *old = N(copied)(x, n * abs(inc) + 1);
  (solve ? BLAS(trsv) : BLAS(trmv))(&uplo, &trans, &diag, &n, a, &lda, x, &inc);
  const SCALAR *factor = (solve ? x : old) + origin(n, inc), *wanted = (solve ? old : x) + origin(n, inc);
  for (int i = 0; i < n; i++) {
    number sum = 0;
    for (int p = 0; p < n; p++) sum += N(triangle)(a, lda, uplo, trans, diag, i, p) * factor[p * inc];
    error = N(worse)(error, wanted[i * inc], sum);
  }
  sprintf(text, "%c%c%c n=%d lda=%d inc=%d", uplo, trans, diag, n, lda, inc);
  check(solve ? NAME(trsv) : NAME(trmv), text, error, N(tolerance)(n));
  free(a), free(x), free(old);
}

static void N(gemv)(void) {
  char trans = one_of(TRANSPOSES), text[160];
  int m = dimension(), n = dimension(), lda = m + 1 + below(3), incx = stride(), incy = stride();
  int from = trans == 'N' ? n : m, to = trans == 'N' ? m : n;
  SCALAR alpha = N(factor)(), beta = N(factor)();
  SCALAR *a = N(array)(lda * n), *x = N(array)(from * abs(incx) + 1), *y = N(array)(to * abs(incy) + 1);
  SCALAR *old = N(copied)(y, to * abs(incy) + 1);
  double error = 0;
  BLAS(gemv)(&trans, &m, &n, &alpha, a, &lda, x, &incx, &beta, y, &incy);
  /* Nothing at all is done to y where A is empty. */
  int is_empty = m == 0 || n == 0;
  for (int i = 0; i < to; i++) {
    number sum = 0;
    for (int p = 0; p < from; p++) sum += N(at)(a, lda, trans, i, p) * x[origin(from, incx) + p * incx];
    int place = origin(to, incy) + i * incy;
    number wanted = is_empty ? (number)old[place] : alpha * sum + beta * (number)old[place];
    error = N(worse)(error, y[place], wanted);
  }
  sprintf(text, "%c m=%d n=%d lda=%d incx=%d incy=%d", trans, m, n, lda, incx, incy);
  check(NAME(gemv), text, error, N(tolerance)(from));
  free(a), free(x), free(y), free(old);
}

static void N(symv)(void) {
  char uplo = one_of("UL"), text[160];
  int n = dimension(), lda = n + 1 + below(3), incx = stride(), incy = stride();
  SCALAR alpha = N(factor)(), beta = N(factor)();
  SCALAR *a = N(array)(lda * n), *x = N(array)(n * abs(incx) + 1), *y = N(array)(n * abs(incy) + 1);
  SCALAR *old = N(copied)(y, n * abs(incy) + 1);
  double error = 0;
#ifdef COMPLEX
  const int hermitian = 1;
  BLAS(hemv)(&uplo, &n, &alpha, a, &lda, x, &incx, &beta, y, &incy);
#else
  const int hermitian = 0;
  BLAS(symv)(&uplo, &n, &alpha, a, &lda, x, &incx, &beta, y, &incy);
#endif
  for (int i = 0; i < n; i++) {
    number sum = 0;
    for (int p = 0; p < n; p++) sum += N(symmetric)(a, lda, uplo, hermitian, i, p) * x[origin(n, incx) + p * incx];
    int place = origin(n, incy) + i * incy;
    error = N(worse)(error, y[place], alpha * sum + beta * (number)old[place]);
  }
  sprintf(text, "%c n=%d lda=%d incx=%d incy=%d", uplo, n, lda, incx, incy);
  check(hermitian ? NAME(hemv) : NAME(symv), text, error, N(tolerance)(n));
  free(a), free(x), free(y), free(old);
}

static void N(ger)(void) {
  char text[160];
  int m = dimension(), n = dimension(), lda = m + 1 + below(3), incx = stride(), incy = stride();
  SCALAR alpha = N(factor)(), *x = N(array)(m * abs(incx) + 1), *y = N(array)(n * abs(incy) + 1);
  SCALAR *a = N(array)(lda * n), *old = N(copied)(a, lda * n);
  double error = 0;
  GER(&m, &n, &alpha, x, &incx, y, &incy, a, &lda);
  for (int j = 0; j < n; j++)
    for (int i = 0; i < m; i++) {
      number product = (number)x[origin(m, incx) + i * incx] * y[origin(n, incy) + j * incy];
      error = N(worse)(error, a[i + j * lda], old[i + j * lda] + alpha * product);
    }
  sprintf(text, "m=%d n=%d lda=%d incx=%d incy=%d", m, n, lda, incx, incy);
  check(NAME(ger), text, error, N(tolerance)(1));
  free(a), free(x), free(y), free(old);
}

static void N(vectors)(void) {
  char text[160];
  int n = below(4) ? dimension() : 8 * size, incx = stride(), incy = stride();
  int length_x = n * abs(incx) + 1, length_y = n * abs(incy) + 1, ox = origin(n, incx), oy = origin(n, incy);
  int forward = abs(incx), largest = 0;
  SCALAR alpha = N(factor)(), *x = N(array)(length_x), *y = N(array)(length_y), *old = N(copied)(y, length_y);
  number dot = 0, conjugated = 0;
  double squares = 0, sum = 0, most = -1, error = 0;
  for (int i = 0; i < n; i++) {
    number a = x[ox + i * incx], b = y[oy + i * incy], c = x[i * forward];
    double size_of = fabs(creal(c)) + fabs(cimag(c));
    dot += a * b;
    conjugated += conj(a) * b;
    squares += creal(c) * creal(c) + cimag(c) * cimag(c);
    sum += size_of;
    if ((REAL)size_of > (REAL)most) most = size_of, largest = i + 1;
  }
  sprintf(text, "n=%d incx=%d incy=%d", n, incx, incy);
  check(NAME(dot), text, cabs(DOT(&n, x, &incx, y, &incy) - dot), N(tolerance)(n));
#ifdef COMPLEX
  check(NAME(dotc), text, cabs(BLAS(dotc)(&n, x, &incx, y, &incy) - conjugated), N(tolerance)(n));
#else
  (void)conjugated;
#endif
  check(TEXT(NRM2), text, fabs(NRM2(&n, x, &forward) - sqrt(squares)), N(tolerance)(4) * sqrt(n + 1));
  check(TEXT(ASUM), text, fabs(ASUM(&n, x, &forward) - sum), N(tolerance)(n));
  int found = IAMAX(&n, x, &forward);
  if (n > 0) {
    /* Rounding may decide between two complex numbers of the same size. */
    number a = x[(found - 1) * forward];
    check(TEXT(IAMAX), text, found == largest ? 0 : most - fabs(creal(a)) - fabs(cimag(a)), EPSILON * most);
  }
  BLAS(axpy)(&n, &alpha, x, &incx, y, &incy);
  for (int i = 0; i < n; i++) error = N(worse)(error, y[oy + i * incy], old[oy + i * incy] + (number)alpha * x[ox + i * incx]);
  check(NAME(axpy), text, error, N(tolerance)(1));
  SCALAR *before = N(copied)(x, length_x), *other = N(copied)(y, length_y);
  BLAS(swap)(&n, x, &incx, y, &incy);
  error = 0;
  for (int i = 0; i < n; i++) {
    error = N(worse)(error, y[oy + i * incy], before[ox + i * incx]);
    error = N(worse)(error, x[ox + i * incx], other[oy + i * incy]);
  }
  check(NAME(swap), text, error, 0);
  BLAS(copy)(&n, y, &incy, x, &incx);
  error = 0;
  for (int i = 0; i < n; i++) error = N(worse)(error, x[ox + i * incx], before[ox + i * incx]);
  check(NAME(copy), text, error, 0);
  BLAS(scal)(&n, &alpha, x, &forward);
  error = 0;
  for (int i = 0; i < n; i++) error = N(worse)(error, x[i * forward], (number)alpha * before[i * forward]);
  check(NAME(scal), text, error, N(tolerance)(1));
  free(x), free(y), free(old), free(before), free(other);
}

static int N(is_nan)(number x) { return isnan(creal(x)) || isnan(cimag(x)); }

/* A NaN reaches all that depends on it and nothing else, also through zeros; infinities stay; no overflow in norms. */
static void N(special)(void) {
  int n = 1 + below(8 * size), place = below(n), one = 1;
  SCALAR *x = N(array)(n), *y = N(array)(n), factor = 1, none = 0;
  x[place] = NAN;
  y[place] = 0;
  expect(NAME(dot), "NaN * 0 is NaN", N(is_nan)(DOT(&n, x, &one, y, &one)));
  expect(TEXT(NRM2), "the norm of a NaN is NaN", isnan(NRM2(&n, x, &one)));
  expect(TEXT(ASUM), "the sum of a NaN is NaN", isnan(ASUM(&n, x, &one)));
  BLAS(axpy)(&n, &factor, x, &one, y, &one);
  int spread = 0;
  for (int i = 0; i < n; i++) spread += N(is_nan)(y[i]) != (i == place);
  expect(NAME(axpy), "NaN stays in its place", spread == 0);
  x[place] = INFINITY;
  expect(TEXT(NRM2), "the norm of an infinity is infinite", isinf(NRM2(&n, x, &one)));
  expect(TEXT(ASUM), "the sum of an infinity is infinite", isinf(ASUM(&n, x, &one)));
#ifndef COMPLEX
  for (int i = 0; i < n; i++) y[i] = 1;
  expect(NAME(dot), "an infinity stays", isinf(DOT(&n, x, &one, y, &one)));
  x[(place + 1) % n] = n > 1 ? -INFINITY : INFINITY;
  expect(NAME(dot), "infinity - infinity is NaN", n == 1 || isnan(DOT(&n, x, &one, y, &one)));
#endif
  for (int i = 0; i < n; i++) x[i] = (REAL)(LARGEST / 2 / sqrt(n));
  double wanted = LARGEST / 2;
  check(TEXT(NRM2), "large numbers", fabs(NRM2(&n, x, &one) / wanted - 1), N(tolerance)(8));
  for (int i = 0; i < n; i++) x[i] = (REAL)(8 / LARGEST);
  wanted = (double)(REAL)(8 / LARGEST) * sqrt(n);
  check(TEXT(NRM2), "small numbers", fabs(NRM2(&n, x, &one) / wanted - 1), N(tolerance)(8));
  free(x), free(y);

  char trans = 'N';
  int m = 1 + below(size), k = 1 + below(size), row = below(m), column = below(k);
  SCALAR *a = N(array)(m * k), *b = N(array)(k * m), *c = N(array)(m * m), *d = N(array)(m);
  a[row + column * m] = NAN;
  for (int j = 0; j < m; j++) b[column + j * k] = 0;
  BLAS(gemm)(&trans, &trans, &m, &m, &k, &factor, a, &m, b, &k, &none, c, &m);
  spread = 0;
  for (int j = 0; j < m; j++)
    for (int i = 0; i < m; i++) spread += N(is_nan)(c[i + j * m]) != (i == row);
  expect(NAME(gemm), "NaN reaches its row and no other", spread == 0);
  BLAS(gemv)(&trans, &m, &k, &factor, a, &m, b, &one, &none, d, &one);
  spread = 0;
  for (int i = 0; i < m; i++) spread += N(is_nan)(d[i]) != (i == row);
  expect(NAME(gemv), "NaN reaches its row and no other", spread == 0);
  free(a), free(b), free(c), free(d);
}

static void N(all)(void) {
  for (int round = 0; round < rounds; round++) {
    N(gemm)();
    N(gemm_part)();
    N(symm)(0);
    N(syrk)();
    N(trxm)(0);
    N(trxm)(1);
    N(trxv)(0);
    N(trxv)(1);
    N(gemv)();
    N(symv)();
    N(ger)();
    N(vectors)();
    N(special)();
#ifdef COMPLEX
    N(symm)(1);
    N(herk)();
#endif
  }
}

#undef N
#undef BLAS
#undef NAME
#undef SCALAR
#undef TRANSPOSES
#undef DOT
#undef GER
#undef NRM2
#undef ASUM
#undef IAMAX
#undef REAL
#undef EPSILON
#undef LARGEST
#undef LETTER
#undef COMPLEX
