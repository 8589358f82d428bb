# BLAS against loops, in all four types: small random cases of tests/blas, run by Node.
{
  bashScript,
  packages,
  roots,
  libraryToolchain,
  ...
}:
derivation (
  bashScript ./openblas-kernels.sh
  // {
    name = "openblas-kernels";
    PATH = "${libraryToolchain}/bin:${roots.shell}/usr/bin";
    source = ../../tests/blas;
    archive = "${packages.openblas.built}/lib/static/libopenblas.a";
  }
)
