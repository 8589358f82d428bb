/* Calling Fortran from C: whether CHARACTER lengths are passed. FORTRAN_LENGTHS is set by the runner: 1 with the native
   compiler and with -fhidden-lengths, else 0. Procedures with a CHARACTER*(*) dummy take them in any case. */
#include <complex.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>

#if FORTRAN_LENGTHS
#define LENGTH(n) , (size_t)(n)
#define LENGTH_ARGUMENT , size_t
#define LENGTH_NAMED(name) , size_t name
#else
#define LENGTH(n)
#define LENGTH_ARGUMENT
#define LENGTH_NAMED(name)
#endif
