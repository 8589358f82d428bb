# BLAS against loops, in all four types: small random cases of tests/blas, run by Node.
{
  bashScript,
  packages,
  roots,
  toolchain,
  ...
}:
derivation (
  bashScript ./openblas-kernels.sh
  // {
    name = "openblas-kernels";
    PATH = "${toolchain}/bin:${roots.shell}/usr/bin";
    source = ../../tests/blas;
    archive = "${packages.openblas}/lib/static/libopenblas.a";
  }
)
