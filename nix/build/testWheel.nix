{
  bashScript,
  node,
  pyodide-runtime,
  roots,
  sandboxPython,
}:
/**
  Import test and smoke test of a wheel in the stock runtime under Node.

  # Inputs
  - `closure`: the package and those it needs at run time
  - `testImports`: module names; `smokeTest`: a script, or null

  # Type
  `testWheel :: { name, version, testImports, smokeTest, closure } -> Derivation`
*/
{
  name,
  version,
  testImports,
  smokeTest,
  closure,
}:
derivation (
  bashScript ./testWheel.sh
  // {
    inherit closure testImports;
    name = "${name}-wasm-${version}-import";
    smokeTest = if smokeTest == null then "" else smokeTest;
    node = "${node}/bin/node";
    runtime = pyodide-runtime;
    python = "${roots.python}/usr/bin/python3";
    PATH = "${roots.shell}/usr/bin";
    inherit (sandboxPython) runner;
    tester = sandboxPython.runtime;
  }
)
