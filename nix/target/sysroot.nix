{
  base,
  bashScript,
  mkEmscripten,
  profile,
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
derivation (
  bashScript ./sysroot.sh
  // {
    name = "sysroot-${base.compiler.emscripten}";
    PATH = "${unfrozen}/bin:${roots.shell}/usr/bin";
    cflags = profile.abi.cflags;
    emccFlags = base.compiler.emcc-flags;
    programLdflags = base.compiler.program-ldflags;
    inherit (roots) python;
    together = ../../builder/wasmwright/wrapper/together.py;
  }
)
