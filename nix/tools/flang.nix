{
  callPackage,
  fortran-runtime,
}:
# The Fortran compiler with its runtime. C drives the link of a mixed module, and build systems do not know what Fortran adds. Nothing
# is taken that nobody calls.
arguments:
let
  compiler = callPackage ./flang-compiler.nix { } arguments;
in
compiler
// {
  keep = [ fortran-runtime ];
  ldflags = [ fortran-runtime.archive ];
  env = compiler.env // {
    WASMWRIGHT_FORTRAN_RUNTIME = fortran-runtime.archive;
    # ISO_Fortran_binding.h, before clang's own.
    CPATH = "${fortran-runtime}/include";
  };
}
