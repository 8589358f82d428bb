{
  bashScript,
  node,
  profile,
  pyodide-runtime,
  roots,
  sandboxPython,
}:
/**
  Import test and smoke test of a wheel in the stock runtime under Node.

  # Inputs
  - `wheels`: folders with one wheel each: the package's, and those of what it needs at run time
  - `testImports`: module names; `smokeTest`: a script, or null

  # Type
  `testWheel :: { name, version, testImports, smokeTest, wheels } -> Derivation`
*/
{
  name,
  version,
  testImports,
  smokeTest,
  wheels,
}:
derivation (
  bashScript ./testWheel.sh
  // {
    inherit testImports wheels;
    name = "${name}-wasm-${version}-${profile.short}-import";
    smokeTest = if smokeTest == null then "" else smokeTest;
    node = "${node}/bin/node";
    runtime = pyodide-runtime;
    python = "${roots.python}/usr/bin/python3";
    PATH = "${roots.shell}/usr/bin";
    inherit (sandboxPython) runner;
    tester = sandboxPython.runtime;
  }
)
