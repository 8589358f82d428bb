{
  fortran,
  fortran-runtime-library,
  llvm-flang-source,
  profile,
  roots,
  system,
  toolchain,
}:
# The Fortran runtime: lib/libFortranRuntime.a and include/ISO_Fortran_binding.h. What is written in Fortran comes last: a change
# of the Fortran compiler compiles nothing else anew.
derivation {
  inherit system;
  name = "fortran-runtime-${profile.name}";
  builder = "${roots.shell}/usr/bin/bash";
  args = [
    "-eu"
    ./fortran-runtime.sh
  ];
  library = fortran-runtime-library;
  modules = "${llvm-flang-source}/flang/module";
  PATH = "${fortran}/bin:${toolchain}/bin:${roots.shell}/usr/bin";
}
