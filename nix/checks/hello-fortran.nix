# FORTRAN 77 and a Fortran 90 module called from C, without the Fortran runtime, at two levels of optimisation; and what is
# refused, in the words that users see.
{
  fortran,
  roots,
  system,
  toolchain,
  ...
}:
derivation {
  inherit system;
  name = "hello-fortran";
  builder = "${roots.shell}/usr/bin/bash";
  args = [
    "-eu"
    ./hello-fortran.sh
  ];
  PATH = "${fortran}/bin:${toolchain}/bin:${roots.shell}/usr/bin";
}
