{
  base,
  bashScript,
  fortran,
  fortran-runtime-library,
  llvm-flang-source,
  roots,
  libraryToolchain,
}:
# The Fortran runtime: lib/libFortranRuntime.a and include/ISO_Fortran_binding.h. What is written in Fortran comes last: a change
# of the Fortran compiler compiles nothing else anew.
let
  built = derivation (
    bashScript ./fortran-runtime.sh
    // {
      name = "fortran-runtime-${base.compiler.flang}";
      library = fortran-runtime-library;
      modules = "${llvm-flang-source}/flang/module";
      PATH = "${fortran}/bin:${libraryToolchain}/bin:${roots.shell}/usr/bin";
    }
  );
in
built // { archive = "${built}/lib/libFortranRuntime.a"; }
