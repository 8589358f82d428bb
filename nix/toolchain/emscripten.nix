{
  profile,
  mkEmscripten,
  sysroot,
}:
# The compiler with its frozen sysroot.
mkEmscripten {
  name = "emscripten-${profile.abi.emscripten}";
  cache = sysroot;
}
