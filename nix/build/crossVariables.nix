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
  # libtool's scripts look for one.
  LD = "wasm-ld";
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
      # What pyodide-build sets, by which projects know that they are built for Pyodide, and for which.
      PYODIDE = "1";
      PYODIDE_ABI_VERSION = profile.short;
      PYODIDE_EMSCRIPTEN_VERSION = profile.abi.emscripten;
    }
  else
    { }
)
