{
  fetchSource,
  frontend,
  hostEnvironment,
  profile,
  python-target,
  roots,
  system,
  toolchain,
}:
# A shell like a build's own environment. `nix develop` wants a builder named bash and a variable `outputs`.
let
  setuptools = hostEnvironment {
    name = "setuptools";
    wheels = [ (fetchSource profile.wheels.setuptools) ];
  };
  bin = package: "${package}/bin";
in
derivation {
  inherit system;
  name = "wasmwright-shell";
  builder = "${roots.shell}/usr/bin/bash";
  args = [
    "-c"
    "echo > $out"
  ];
  outputs = [ "out" ];
  PATH = builtins.concatStringsSep ":" [
    (bin toolchain)
    (bin frontend)
    "${roots.python}/usr/bin"
    "${roots.buildtools}/usr/bin"
    "${roots.shell}/usr/bin"
  ];
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
