{
  fetchSource,
  fortranSettings,
  frontend,
  hostEnvironment,
  profile,
  python-target,
  roots,
  system,
  toolRoots,
  toolchain,
}:
/**
  A shell like a build's own environment. `nix develop` wants a builder named bash and a variable `outputs`.

  # Inputs
  - `name`
  - `tools`: what is on PATH besides the toolchain, as in recipes

  # Type
  `mkDevShell :: { name, tools } -> Derivation`
*/
{ name, tools }:
let
  fortran = fortranSettings {
    inherit tools;
    kind = "library";
    env = { };
    build.system = "";
  };
  setuptools = hostEnvironment {
    name = "setuptools";
    wheels = [ (fetchSource profile.wheels.setuptools) ];
  };
  bin = package: "${package}/bin";
in
derivation (
  fortran.env
  // {
    WASMWRIGHT_LDFLAGS = builtins.concatStringsSep " " fortran.ldflags;
    inherit name system;
    builder = "${roots.shell}/usr/bin/bash";
    args = [
      "-c"
      "echo > $out"
    ];
    outputs = [ "out" ];
    PATH = builtins.concatStringsSep ":" (
      map (tool: "${toolRoots.${tool}}/usr/bin") tools
      ++ [
        (bin toolchain)
        (bin frontend)
        "${roots.python}/usr/bin"
        "${roots.buildtools}/usr/bin"
        "${roots.cmake}/usr/bin"
        "${roots.shell}/usr/bin"
      ]
    );
    PYTHONPATH = "${python-target}/lib:${setuptools}/lib:${frontend}/lib";
    _PYTHON_SYSCONFIGDATA_NAME = profile.abi.sysconfigdata;
    _PYTHON_HOST_PLATFORM = profile.abi.host-platform;
    CC = "emcc";
    CXX = "em++";
    AR = "emar";
    RANLIB = "emranlib";
    MESON_CROSS_FILE = "${toolchain}/share/wasmwright/cross.ini";
    CMAKE_TOOLCHAIN_FILE = "${toolchain}/share/wasmwright/toolchain.cmake";
    shellHook = ''
      export PYTHONNOUSERSITE=1 PYTHONDONTWRITEBYTECODE=1
    '';
  }
)
