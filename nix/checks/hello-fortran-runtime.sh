# shellcheck shell=bash
# runtime, include, pythonTag: see hello-fortran-runtime.nix
cat > surroundings.f90 <<'F'
program surroundings
  use iso_fortran_env
  implicit none
  character(:), allocatable :: name
  character(20) :: line
  integer :: i, length, status, numbers(3)
  call get_command_argument(1, length=length)
  allocate(character(length) :: name)
  call get_command_argument(1, name)
  read *, numbers
  open(10, file=name, status='replace', action='write')
  write(10, '(i0)') numbers
  close(10)
  open(10, file=name, status='old', action='read')
  do i = 1, 4
    read(10, '(a)', iostat=status) line
    if (is_iostat_end(status)) exit
  end do
  print '(a,i0,1x,*(i0,:,","))', 'lines ', i - 1, numbers
  print *, real_kinds
  call work(200000)
  read *, numbers(1)
  if (numbers(1) == 0) error stop 7
  stop 5
contains
  subroutine work(n)
    integer, intent(in) :: n
    real(8) :: space(n)
    space = 0.5d0
    print *, sum(space)
  end subroutine
end program
F
wasm-flang -O2 surroundings.f90 -sNODERAWFS -o surroundings.js
run() {
  local code=0
  printf '%s\n' 1 2 3 "$1" | node surroundings.js 'a file.txt' 2> "$TMPDIR/messages" || code=$?
  echo "exit $code"
}
{ run 0; run 1; cat 'a file.txt'; } > got
cat > expected <<'T'
lines 3 1,2,3
 2 3 4 8 16
 100000.
exit 7
lines 3 1,2,3
 2 3 4 8 16
 100000.
exit 5
1
2
3
T
diff -u expected got

# Missing functions are named.
cat > missing.f90 <<'F'
program missing
  real(16) :: x
  read *, x
  print *, exp(x)
end program
F
if wasm-flang missing.f90 -o missing.js > said 2>&1; then
  echo "REAL(16) exp links" >&2
  exit 1
fi
grep -q 'undefined symbol: _FortranAExpF128' said

# A module of the stock runtime.
cat > told.f90 <<'F'
integer(c_int) function told(x, n) bind(c)
  use iso_c_binding
  implicit none
  integer(c_int), value :: n
  real(c_double), intent(in) :: x(n)
  character(40) :: line
  real :: first
  write(line, '(*(f6.2))') x
  print '(a)', trim(line)
  read(line, *) first
  told = nint(first)
end function
F
cat > module.c <<'C'
#include <Python.h>
int told(const double *x, int n);
static PyObject *run(PyObject *self, PyObject *unused) {
  const double x[] = {3, 0.5, -1.25};
  return PyLong_FromLong(told(x, 3));
}
static PyMethodDef methods[] = {{"run", run, METH_NOARGS, ""}, {0}};
static struct PyModuleDef definition = {PyModuleDef_HEAD_INIT, "told", 0, -1, methods};
PyMODINIT_FUNC PyInit_told(void) { return PyModule_Create(&definition); }
C
wasm-flang -O2 -c told.f90 -o told.o
emcc -O2 -I"$include" -c module.c -o module.o
wasm-flang -shared module.o told.o -o "told.$pythonTag-wasm32-emscripten.so"
cat > run.mjs <<M
import { readFileSync, readdirSync } from "node:fs";
import { loadPyodide } from "$runtime/pyodide.mjs";
const python = await loadPyodide({ indexURL: "$runtime/" });
const file = readdirSync(".").find((name) => name.startsWith("told.") && name.endsWith(".so"));
python.FS.writeFile("/home/pyodide/" + file, readFileSync(file));
console.log(python.runPython("import told; told.run()"));
M
node run.mjs > got
printf '  3.00  0.50 -1.25\n3\n' > expected
diff -u expected got
cp got "$out"
