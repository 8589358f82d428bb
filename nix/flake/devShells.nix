# The whole cross toolchain on PATH, the environment of a cross build, and a PEP 517 front end; `fortran` has a Fortran compiler
# with its runtime besides.
scope: {
  default = scope.devShell;
  fortran = scope.devShellFortran;
}
