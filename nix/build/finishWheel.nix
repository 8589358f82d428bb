{
  bashScript,
  profile,
  pyodide-runtime,
  roots,
  sandboxPython,
}:
/**
  The gate: the wheel as its back end made it, retagged, split and packed reproducibly, connected with the wheels of the
  libraries that it loads, then audited. Nothing of it compiles, so a change here builds no package anew.

  # Inputs
  - `libraries`: what the build linked, but for `shared`: libraries, audited, that have a wheel of side modules

  # Type
  `finishWheel :: { name, version, unaudited, testSplit, libraries, shared } -> Derivation`
*/
{
  name,
  version,
  unaudited,
  testSplit,
  libraries,
  shared,
}:
derivation (
  bashScript ./finishWheel.sh
  // {
    inherit libraries shared;
    name = "${name}-wasm-${version}";
    inherit unaudited;
    python = "${roots.python}/usr/bin/python3";
    PATH = "${roots.shell}/usr/bin";
    inherit (sandboxPython) finish runner;
    runtime = pyodide-runtime;
    platform = profile.abi.platform;
    split = testSplit;
  }
)
