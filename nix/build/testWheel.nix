{
  bashScript,
  engine,
  pyodide-runtime,
  roots,
  sandboxPython,
}:
/**
  Import test and smoke test of a wheel in the stock runtime under Node.

  # Inputs
  - `name`: of the package behind the gate, in the store
  - `environment`: the package's wheel with all that it needs at run time; it is made only where nothing is missing
  - `testImports`: module names; `smokeTest`: a script, or null

  # Type
  `testWheel :: { name, testImports, smokeTest, environment } -> Derivation`

  The result's `environment` is that one, for what else runs in it.
*/
{
  name,
  testImports,
  smokeTest,
  environment,
}:
derivation (
  bashScript ./testWheel.sh
  // {
    inherit testImports;
    wheels = [ "${environment}/wheels" ];
    name = "${name}-import";
    smokeTest = if smokeTest == null then "" else smokeTest;
    node = "${engine}/bin/node";
    runtime = pyodide-runtime;
    python = "${roots.python}/usr/bin/python3";
    PATH = "${roots.shell}/usr/bin";
    inherit (sandboxPython) runner;
    tester = sandboxPython.runtime;
  }
)
// {
  inherit environment;
}
