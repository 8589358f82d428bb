{
  profile,
  mkDebRoot,
  fetchSource,
  sandboxPython,
}:
# The tool roots, split so that a change to one, or a package that needs few, does not drag in the rest.
let
  debs = profile.roots;
in
rec {
  libc = mkDebRoot {
    name = "libc";
    debs = debs.libc;
    remove = [ "usr/lib/x86_64-linux-gnu/gconv" ];
  };
  shell = mkDebRoot {
    name = "shell";
    debs = debs.shell;
    libraries = [ libc ];
    links = {
      "usr/bin/sh" = "bash";
      "usr/bin/awk" = "gawk";
    };
  };
  buildtools = mkDebRoot {
    name = "buildtools";
    debs = debs.buildtools;
    libraries = [
      shell
      libc
    ];
    links."usr/bin/pkg-config" = "pkgconf";
  };
  cmake = mkDebRoot {
    name = "cmake";
    debs = debs.cmake;
    libraries = [
      buildtools
      shell
      libc
    ];
  };
  llvm = mkDebRoot {
    name = "llvm-${profile.abi.llvm}";
    debs = debs.llvm;
    libraries = [ libc ];
    remove = [
      "usr/lib/llvm-*/lib/libLLVM*.a"
      "usr/lib/llvm-*/share"
    ];
  };
  # flang looks for its own modules beside its program only, so they are changed here.
  flang = mkDebRoot {
    name = "flang-${profile.abi.flang}";
    debs = debs.flang;
    libraries = [
      llvm
      libc
    ];
    remove = [
      "usr/lib/llvm-*/lib/*.a"
      "usr/lib/llvm-*/lib/cmake"
      "usr/lib/llvm-*/include/flang/[A-Z]*"
      "usr/lib/llvm-*/bin/bbc"
      "usr/lib/llvm-*/bin/f18-parse-demo"
      "usr/lib/llvm-*/bin/fir-opt"
      "usr/lib/llvm-*/bin/tco"
    ];
    finish = ./flang-root.sh;
    env = {
      inherit python;
      inherit (sandboxPython) runner;
      modules = sandboxPython.fortranModules;
      version = profile.abi.flang;
    };
  };
  # Headers, libraries and flang as it was shipped, for programs of the build machine.
  native = mkDebRoot {
    name = "native";
    debs = debs.native;
    remove = [
      "usr/lib/llvm-*/lib/libFIR*.a"
      "usr/lib/llvm-*/lib/libHLFIR*.a"
      "usr/lib/llvm-*/lib/libCUF*.a"
      "usr/lib/llvm-*/lib/libflang*.a"
      "usr/lib/llvm-*/lib/libFortran[CELPS]*.a"
      "usr/lib/llvm-*/lib/cmake"
      "usr/lib/llvm-*/include/flang/[A-Z]*"
      "usr/lib/gcc/x86_64-linux-gnu/*/lib*san*"
    ];
    # Its copy looks for modules beside itself.
    finish = ./native-root.sh;
    env = {
      inherit flang;
      version = profile.abi.flang;
    };
  };
  # The other Fortran compiler, for its table in the documentation.
  lfortran = mkDebRoot {
    name = "lfortran";
    debs = debs.lfortran;
    libraries = [ libc ];
  };
  emscripten = mkDebRoot {
    name = "emscripten-${profile.abi.emscripten}";
    debs = debs.emscripten;
    libraries = [ libc ];
    finish = ./emscripten-root.sh;
    env = {
      inherit python;
      pythonVersion = profile.abi.python;
      acorn = fetchSource profile.npm.acorn;
      acornImportPhases = fetchSource profile.npm.acorn-import-phases;
    };
  };
  python = mkDebRoot {
    name = "python-${profile.abi.python}";
    debs = debs.python;
    libraries = [ shell ];
    remove = [
      "usr/lib/python3*/config-*/*.a"
      "usr/lib/x86_64-linux-gnu/*.a"
      "usr/lib/x86_64-linux-gnu/gconv"
      "usr/lib/python3*/test"
      "usr/include/linux"
    ];
    links = {
      "usr/bin/python" = "python${profile.abi.python}";
      "usr/bin/python3" = "python${profile.abi.python}";
    };
    finish = ./python-root.sh;
    env.version = profile.abi.python;
  };
}
