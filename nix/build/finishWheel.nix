{
  profile,
  pyodide-runtime,
  roots,
  sandboxPython,
  system,
}:
/**
  The gate: the wheel as its back end made it, retagged, split and packed reproducibly, then audited. Nothing of it
  compiles, so a change here builds no package anew.

  # Type
  `finishWheel :: { name, version, unaudited, testSplit, libraries } -> Derivation`
*/
{
  name,
  version,
  unaudited,
  testSplit,
  libraries,
}:
derivation {
  inherit system libraries;
  name = "${name}-wasm-${version}";
  builder = "${roots.shell}/usr/bin/bash";
  args = [
    "-eu"
    ./finishWheel.sh
  ];
  inherit unaudited;
  python = "${roots.python}/usr/bin/python3";
  PATH = "${roots.shell}/usr/bin";
  inherit (sandboxPython) finish runner;
  runtime = pyodide-runtime;
  platform = profile.abi.platform;
  split = testSplit;
}
