{ fortran, fortran-runtime }:
/**
  What a build is told of the Fortran compiler, if its recipe asks for it: nothing else of its derivation changes, and
  builds without it do not depend on it.

  # Inputs
  - `kind`, `tools`, `env`, `build`: as mkWasmDerivation has them

  # Type
  `fortranSettings :: { kind, tools, env, build } -> { env, build, ldflags }`
*/
{
  kind,
  tools,
  env,
  build,
}:
let
  meson = "--cross-file=${fortran}/share/wasmwright/fortran.ini";
  # CMake would link and run a program that prints, which needs the Fortran runtime.
  cmake = [
    "-DCMAKE_Fortran_COMPILER=wasm-flang"
    "-DCMAKE_Fortran_COMPILER_WORKS=ON"
  ];
  hasRuntime = builtins.elem "flang" tools;
  archive = "${fortran-runtime}/lib/libFortranRuntime.a";
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
  }
else
  {
    # C drives the link of a mixed module, and build systems do not know what Fortran adds. Nothing is taken that nobody calls.
    ldflags = if hasRuntime then [ archive ] else [ ];
    env = {
      FC = "wasm-flang";
      F77 = "wasm-flang";
      F90 = "wasm-flang";
      CMAKE_ARGS = builtins.concatStringsSep " " cmake;
    }
    // (if hasRuntime then runtime else { })
    // env;
    build =
      build
      // (
        if kind == "wheel" then
          {
            configSettings = settings // {
              setup-args = [ meson ] ++ listed (settings.setup-args or [ ]);
            };
          }
        else
          { flags = flags.${build.system} or [ ] ++ build.flags or [ ]; }
      );
  }
