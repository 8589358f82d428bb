{
  profile,
}:
/**
  The variables by which build systems find a cross toolchain: of every build, and of a shell.

  # Inputs
  - `toolchain`
  - `kind`: `"wheel"`, or `"library"` for what knows no Python

  # Type
  `crossVariables :: { toolchain, kind } -> AttrSet`
*/
{ toolchain, kind }:
{
  CC = "emcc";
  CXX = "em++";
  AR = "emar";
  RANLIB = "emranlib";
  NM = "llvm-nm";
  STRIP = "emstrip";
  CMAKE_GENERATOR = "Ninja";
  CMAKE_TOOLCHAIN_FILE = "${toolchain}/share/wasmwright/toolchain.cmake";
  MESON_CROSS_FILE = "${toolchain}/share/wasmwright/cross.ini";
}
// (
  if kind == "wheel" then
    {
      # CPython's own names: its host is our target.
      _PYTHON_SYSCONFIGDATA_NAME = profile.abi.sysconfigdata;
      _PYTHON_HOST_PLATFORM = profile.abi.target-platform;
    }
  else
    { }
)
