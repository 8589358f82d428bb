# What BLAS's and LAPACK's own test programs have in common: their source, and the compilers. They are linked with what users get.
{
  bashScript,
  fortran,
  fortran-runtime,
  packages,
  roots,
  libraryToolchain,
  ...
}:
{
  source = builtins.head packages.lapack.sources;
  # Adds to the attributes of a derivation which the script builds.
  build =
    script: attributes:
    derivation (
      bashScript script
      // {
        settings = ./make.inc;
        PATH = "${fortran}/bin:${libraryToolchain}/bin:${roots.shell}/usr/bin";
      }
      // attributes
    );
  libraries = {
    lapack = "${packages.lapack.built}/lib/liblapack.a";
    blas = "${packages.openblas.built}/lib/static/libopenblas.a";
    WASMWRIGHT_FORTRAN_RUNTIME = fortran-runtime.archive;
  };
}
