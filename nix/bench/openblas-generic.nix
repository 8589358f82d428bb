# OpenBLAS as Pyodide builds it: a target without kernels for vectors, which are left to the compiler. LAPACK is the same.
# `wasmwright bench blas` measures what our kernels bring against it.
{ packages, ... }:
packages.openblas.override (old: {
  patches = builtins.filter (
    patch: baseNameOf patch != "0001-kernels-for-simd128.patch"
  ) old.patches;
  flags = old.flags ++ [ "TARGET=RISCV64_GENERIC" ];
  cflags = [
    "-O3"
    "-msimd128"
  ];
})
