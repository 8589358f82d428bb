# What BLAS's and LAPACK's own test programs have in common: their source, and the compilers. They are linked with what users get.
{
  bashScript,
  fetchSource,
  fortran,
  fortran-runtime,
  packages,
  roots,
  toolchain,
  ...
}:
{
  source = fetchSource (builtins.fromJSON (builtins.readFile ../../../pkgs/lapack/lock.json)).source;
  # Adds to the attributes of a derivation which the script builds.
  build =
    script: attributes:
    derivation (
      bashScript script
      // {
        settings = ./make.inc;
        PATH = "${fortran}/bin:${toolchain}/bin:${roots.shell}/usr/bin";
      }
      // attributes
    );
  libraries = {
    lapack = "${packages.lapack}/lib/liblapack.a";
    blas = "${packages.openblas}/lib/static/libopenblas.a";
    WASMWRIGHT_FORTRAN_RUNTIME = fortran-runtime.archive;
  };
}
