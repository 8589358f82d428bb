{
  base,
  mkDebRoot,
  mkPythonRoot,
  fetchSource,
  sandboxPython,
}:
# The tool roots, split so that a change to one, or a package that needs few, does not drag in the rest.
let
  debs = base.roots;
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
    finish = ./buildtools-root.sh;
    env = { inherit shell; };
  };
  # Scripts, which name the places that Debian has them in.
  autotools = mkDebRoot {
    name = "autotools";
    debs = debs.autotools;
    libraries = [
      buildtools
      shell
      libc
    ];
    finish = ./autotools-root.sh;
    env = { inherit buildtools shell; };
  };
  parsers = mkDebRoot {
    name = "parsers";
    debs = debs.parsers;
    libraries = [
      buildtools
      shell
      libc
    ];
  };
  sqlite3 = mkDebRoot {
    name = "sqlite3";
    debs = debs.sqlite3;
    libraries = [ libc ];
  };
  meson = mkDebRoot {
    name = "meson";
    debs = debs.meson;
    libraries = [ python ];
    finish = ./meson-root.sh;
    env = { inherit python; };
  };
  # Headers, libraries and compilers for programs of the build machine that builds compile and run.
  native-cc = mkDebRoot {
    name = "native-cc";
    debs = debs.native-cc;
    remove = [ "usr/lib/gcc/x86_64-linux-gnu/*/lib*san*" ];
    links = {
      "lib" = "usr/lib";
      "lib64" = "usr/lib64";
    };
    finish = ./native-cc-root.sh;
    env = {
      inherit llvm shell;
      inherit (base.compiler) gcc;
      llvmVersion = base.compiler.llvm;
    };
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
    name = "llvm-${base.compiler.llvm}";
    debs = debs.llvm;
    libraries = [ libc ];
    remove = [
      "usr/lib/llvm-*/lib/libLLVM*.a"
      "usr/lib/llvm-*/share"
    ];
  };
  # flang looks for its own modules beside its program only, so they are changed here.
  flang = mkDebRoot {
    name = "flang-${base.compiler.flang}";
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
      version = base.compiler.flang;
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
      version = base.compiler.flang;
    };
  };
  # The other Fortran compiler, for its table in the documentation.
  lfortran = mkDebRoot {
    name = "lfortran";
    debs = debs.lfortran;
    libraries = [ libc ];
  };
  emscripten = mkDebRoot {
    name = "emscripten-${base.compiler.emscripten}";
    debs = debs.emscripten;
    libraries = [ libc ];
    finish = ./emscripten-root.sh;
    env = {
      inherit python;
      pythonVersion = base.compiler.python;
      acorn = fetchSource base.npm.acorn;
      acornImportPhases = fetchSource base.npm.acorn-import-phases;
    };
  };
  # What reads a repository; what speaks with others, or is written in Perl, is not needed.
  git = mkDebRoot {
    name = "git";
    debs = debs.git;
    libraries = [ libc ];
    remove = [
      "usr/lib/git-core"
      "usr/share/bash-completion"
      "usr/share/git-core"
      "usr/share/gitweb"
      "usr/share/perl5"
      "usr/bin/git-*"
      "usr/bin/scalar"
    ];
  };
  # Nix itself, in images that build recipes: with libraries of its own, as the private one. Its scripts in Perl are old commands'.
  nix = mkDebRoot {
    name = "nix";
    debs = debs.nix;
    remove = [
      "etc"
      "usr/bin/[!n]*"
      "usr/lib/x86_64-linux-gnu/gconv"
      "usr/lib/x86_64-linux-gnu/libperl*"
      "usr/lib/x86_64-linux-gnu/perl*"
      "usr/lib/x86_64-linux-gnu/security"
      "usr/lib/pcrlib"
      "usr/sbin"
      "usr/share"
    ];
  };
  # Carries images.
  skopeo = mkDebRoot {
    name = "skopeo";
    debs = debs.skopeo;
    libraries = [ libc ];
  };
  # Runs Emscripten and our own programs.
  python = mkPythonRoot {
    version = base.compiler.python;
    debs = debs.python;
  };
}
