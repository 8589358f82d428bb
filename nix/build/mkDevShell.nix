{
  base,
  buildEnvironment,
  buildPython,
  crossVariables,
  fetchSource,
  frontend,
  lib,
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
  - `tools`: what is on PATH besides the toolchain and the small tools, as in recipes

  # Type
  `mkDevShell :: { name, tools } -> Derivation`
*/
{ name, tools }:
let
  # What is compiled in a shell need not be called from Python.
  records = map (tool: toolRecords.${tool} { kind = "library"; }) (tools ++ small);
  # All but the Fortran compiler.
  small = builtins.filter (tool: !builtins.elem "flang" (base.tools.${tool}.roots or [ ])) (
    builtins.attrNames toolRecords
  );
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
      [
        (bin toolchain)
        (bin frontend)
        "${buildPython}/usr/bin"
      ]
      ++ map (root: "${root}/usr/bin") (lib.lists.unique (ofTools "path") ++ [ roots.shell ])
    );
    PYTHONPATH = "${python-target}/lib:${setuptools}/lib:${frontend}/lib";
    shellHook = ''
      export PYTHONNOUSERSITE=1 PYTHONDONTWRITEBYTECODE=1
    '';
  }
)
// {
  inherit setuptools;
}
