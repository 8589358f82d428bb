# A C and a C++ program with an exception and a longjmp, compiled by the toolchain and run by Node.
{
  roots,
  system,
  toolchain,
  ...
}:
derivation {
  inherit system;
  name = "hello-c";
  builder = "${roots.shell}/usr/bin/bash";
  args = [
    "-eu"
    ./hello-c.sh
  ];
  PATH = "${toolchain}/bin:${roots.shell}/usr/bin";
}
