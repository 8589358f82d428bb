{
  base,
  mkEmscripten,
  sysroot,
}:
# The compiler with its frozen sysroot.
mkEmscripten {
  name = "emscripten-${base.compiler.emscripten}";
  cache = sysroot;
}
