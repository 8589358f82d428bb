# What BLAS's and LAPACK's own test programs have in common: their source, and the compilers. They are linked with what users get.
{
  fetchSource,
  fortran,
  fortran-runtime,
  packages,
  roots,
  system,
  toolchain,
  ...
}:
{
  source = fetchSource (builtins.fromJSON (builtins.readFile ../../../pkgs/lapack/lock.json)).source;
  # Adds to the attributes of a derivation which the script builds.
  build =
    script: attributes:
    derivation (
      {
        inherit system;
        builder = "${roots.shell}/usr/bin/bash";
        args = [
          "-eu"
          script
        ];
        settings = ./make.inc;
        PATH = "${fortran}/bin:${toolchain}/bin:${roots.shell}/usr/bin";
      }
      // attributes
    );
  libraries = {
    lapack = "${packages.lapack}/lib/liblapack.a";
    blas = "${packages.openblas}/lib/static/libopenblas.a";
    WASMWRIGHT_FORTRAN_RUNTIME = "${fortran-runtime}/lib/libFortranRuntime.a";
  };
}
