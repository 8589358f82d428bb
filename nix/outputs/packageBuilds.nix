{
  base,
  busybox,
  fetchSource,
  frontend,
  gateWheels,
  lib,
  libraryToolchain,
  mkPythonEnvironment,
  node,
  patchelf,
  pyodide-runtime,
  python-target,
  roots,
  toolchain,
  toolRecords,
}:
# The parts that builds of packages, their gates and import tests take from the store besides sources: with these in it, none of
# the toolchain is made.
let
  records = builtins.concatMap (
    of: map (kind: of { inherit kind; }) [ "wheel" "library" ]
  ) (builtins.attrValues toolRecords);
  ofTools = key: builtins.concatMap (record: record.${key}) records;
in
lib.lists.unique (
  [
    busybox
    frontend
    gateWheels
    libraryToolchain
    node
    patchelf
    pyodide-runtime
    python-target
    toolchain
    roots.libc
    roots.python
    roots.shell
    (fetchSource base.wheels.packaging)
  ]
  ++ ofTools "path"
  ++ ofTools "buildEnvironments"
  ++ ofTools "files"
)
