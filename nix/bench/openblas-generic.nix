# OpenBLAS as Pyodide builds it: a target without kernels for vectors, which are left to the compiler. LAPACK is the same.
# `wasmwright bench blas` measures what our kernels bring against it.
{ buildWasmLibrary, packages, ... }:
let
  generic =
    recipe:
    buildWasmLibrary (
      recipe
      // {
        patches = builtins.filter (patch: baseNameOf patch != "0001-kernels-for-simd128.patch") recipe.patches;
        flags = recipe.flags ++ [ "TARGET=RISCV64_GENERIC" ];
        cflags = [
          "-O3"
          "-msimd128"
        ];
      }
    );
in
(import ../../pkgs/openblas/package.nix {
  inherit (packages) lapack;
  buildWasmLibrary = generic;
}).audited
