{
  base,
  buildEnvironment,
  buildPython,
  crossVariables,
  fetchSource,
  frontend,
  profile,
  python-target,
  roots,
  system,
  toolRecords,
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
  # What is compiled in a shell need not be called from Python.
  records = map (tool: toolRecords.${tool} { kind = "library"; }) tools;
  ofTools = key: builtins.concatMap (record: record.${key}) records;
  setuptools = buildEnvironment {
    name = "setuptools";
    wheels = [ (fetchSource base.wheels.setuptools) ];
  };
  bin = package: "${package}/bin";
in
derivation (
  builtins.foldl' (all: record: all // record.env) { } records
  // crossVariables {
    inherit toolchain;
    kind = "wheel";
  }
  // {
    WASMWRIGHT_LDFLAGS = builtins.concatStringsSep " " (ofTools "ldflags");
    inherit system;
    name = "${name}-${profile.short}";
    builder = "${roots.shell}/usr/bin/bash";
    args = [
      "-c"
      "echo > $out"
    ];
    outputs = [ "out" ];
    PATH = builtins.concatStringsSep ":" (
      map (root: "${root}/usr/bin") (ofTools "path")
      ++ [
        (bin toolchain)
        (bin frontend)
        "${buildPython}/usr/bin"
        "${roots.buildtools}/usr/bin"
        "${roots.cmake}/usr/bin"
        "${roots.shell}/usr/bin"
      ]
    );
    PYTHONPATH = "${python-target}/lib:${setuptools}/lib:${frontend}/lib";
    shellHook = ''
      export PYTHONNOUSERSITE=1 PYTHONDONTWRITEBYTECODE=1
    '';
  }
)
