{
  f2py-target,
  fortran,
  fortran-runtime,
}:
/**
  What a build is told of the Fortran compiler, if its recipe asks for it: nothing else of its derivation changes, and
  builds without it do not depend on it.

  # Inputs
  - `kind`, `tools`, `env`, `build`: as mkWasmDerivation has them

  # Type
  `fortranSettings :: { kind, tools, env, build } -> { env, build, ldflags, hostEnvironments }`

  Fortran in a Python package is called by f2py's C code, which passes the lengths of CHARACTER arguments: there
  `-fhidden-lengths` stands with the compiler. A project's own `-fno-hidden-lengths` comes later and wins.
*/
{
  kind,
  tools,
  env,
  build,
}:
let
  isPython = kind == "wheel";
  compiler = [ "wasm-flang" ] ++ (if isPython then [ "-fhidden-lengths" ] else [ ]);
  mesonFile =
    if isPython then
      builtins.toFile "fortran-python.ini" "[binaries]\nfortran = ['${builtins.concatStringsSep "', '" compiler}']\n"
    else
      "${fortran}/share/wasmwright/fortran.ini";
  meson = "--cross-file=${mesonFile}";
  # CMake would link and run a program that prints, which needs the Fortran runtime.
  cmake = [
    "-DCMAKE_Fortran_COMPILER=${builtins.concatStringsSep ";" compiler}"
    "-DCMAKE_Fortran_COMPILER_WORKS=ON"
  ];
  command = builtins.concatStringsSep " " compiler;
  hasRuntime = builtins.elem "flang" tools;
  archive = fortran-runtime.archive;
  runtime = {
    WASMWRIGHT_FORTRAN_RUNTIME = archive;
    # ISO_Fortran_binding.h, before clang's own.
    CPATH = "${fortran-runtime}/include";
  };
  flags = {
    cmake = cmake;
    meson = [ meson ];
  };
  listed = value: if builtins.isList value then value else [ value ];
  settings = build.configSettings or { };
in
if !(hasRuntime || builtins.elem "flang-compiler" tools) then
  {
    inherit env build;
    ldflags = [ ];
    hostEnvironments = [ ];
  }
else
  {
    # C drives the link of a mixed module, and build systems do not know what Fortran adds. Nothing is taken that nobody calls.
    ldflags = if hasRuntime then [ archive ] else [ ];
    hostEnvironments = if isPython then [ f2py-target ] else [ ];
    env = {
      FC = command;
      F77 = command;
      F90 = command;
      CMAKE_ARGS = builtins.concatStringsSep " " cmake;
    }
    // (if hasRuntime then runtime else { })
    // env;
    build =
      build
      // (
        if isPython then
          {
            configSettings = settings // {
              setup-args = [ meson ] ++ listed (settings.setup-args or [ ]);
            };
          }
        else
          { flags = flags.${build.system} or [ ] ++ build.flags or [ ]; }
      );
  }
