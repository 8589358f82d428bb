# BLAS against loops, in all four types: small random cases of tests/blas, run by Node.
{
  packages,
  roots,
  system,
  toolchain,
  ...
}:
derivation {
  inherit system;
  name = "openblas-kernels";
  builder = "${roots.shell}/usr/bin/bash";
  args = [
    "-eu"
    ./openblas-kernels.sh
  ];
  PATH = "${toolchain}/bin:${roots.shell}/usr/bin";
  source = ../../tests/blas;
  archive = "${packages.openblas}/lib/static/libopenblas.a";
}
