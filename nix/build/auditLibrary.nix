{
  pyodide-runtime,
  roots,
  sandboxPython,
  system,
}:
/**
  The gate for libraries: the library again, beside the audit's report, if the audit finds nothing.

  # Type
  `auditLibrary :: { name, version, library } -> Derivation`
*/
{
  name,
  version,
  library,
}:
derivation {
  inherit library system;
  name = "${name}-wasm-${version}";
  builder = "${roots.shell}/usr/bin/bash";
  args = [
    "-eu"
    ./auditLibrary.sh
  ];
  python = "${roots.python}/usr/bin/python3";
  PATH = "${roots.shell}/usr/bin";
  inherit (sandboxPython) finish runner;
  runtime = pyodide-runtime;
}
