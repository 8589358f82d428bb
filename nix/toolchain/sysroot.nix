{
  profile,
  mkEmscripten,
  roots,
  system,
}:
# The system libraries and headers that programs are linked with, in the variants that the ABI's flags ask for. Side
# modules use the headers only; the libraries serve the programs that configure scripts link.
let
  unfrozen = mkEmscripten {
    name = "emscripten-unfrozen";
    cache = null;
  };
in
derivation {
  name = "sysroot-${profile.abi.emscripten}";
  inherit system;
  builder = "${roots.shell}/usr/bin/bash";
  args = [
    "-eu"
    ./sysroot.sh
  ];
  PATH = "${unfrozen}/bin:${roots.shell}/usr/bin";
  cflags = profile.abi.cflags;
}
