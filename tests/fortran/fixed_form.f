! Covers: Fortran 77 in fixed form: continuation, computed GOTO, arithmetic IF, statement functions, DATA, PARAMETER, labels.
      INTEGER FUNCTION SIGNOF(X)
      REAL X
      IF (X) 10, 20, 30
   10 SIGNOF = -1
      RETURN
   20 SIGNOF = 0
      RETURN
   30 SIGNOF = 1
      END

      INTEGER FUNCTION CHOOSE(N)
      INTEGER N
      GO TO (100, 200, 300), N
      CHOOSE = -1
      RETURN
  100 CHOOSE = 11
      GO TO 400
  200 CHOOSE = 22
      GO TO 400
  300 CHOOSE = 33
  400 CHOOSE = CHOOSE +
     &         1000
      END

      DOUBLE PRECISION FUNCTION POLY(X)
      DOUBLE PRECISION X, F, A, B
      INTEGER N, I
      PARAMETER (N = 4)
      DOUBLE PRECISION C(N)
      F(A, B) = A * X + B
      DATA C / 2.0D0, 2*-1.0D0, 0.5D0 /
      POLY = 0.0D0
      DO 500 I = 1, N
        POLY = F(POLY, C(I))
  500 CONTINUE
      END

      SUBROUTINE PRIMES(FLAGS, N)
      INTEGER N, I, J
      LOGICAL FLAGS(N)
      DO 600 I = 1, N
  600 FLAGS(I) = .TRUE.
      FLAGS(1) = .FALSE.
      DO 700 I = 2, N
        IF (.NOT. FLAGS(I)) GOTO 700
        DO 650 J = I * I, N, I
  650   FLAGS(J) = .FALSE.
  700 CONTINUE
      END
