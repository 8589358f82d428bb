{
  bashScript,
  profile,
  pyodide-runtime,
  roots,
  sandboxPython,
}:
/**
  The gate for libraries: the library again, beside the audit's report, if the audit finds nothing; and a wheel of the
  side modules `shared`, if there are any.

  # Type
  `auditLibrary :: { name, version, library, shared } -> Derivation`
*/
{
  name,
  version,
  library,
  shared,
}:
derivation (
  bashScript ./auditLibrary.sh
  // {
    inherit library shared version;
    name = "${name}-wasm-${version}";
    pname = name;
    platform = profile.abi.platform;
    python = "${roots.python}/usr/bin/python3";
    PATH = "${roots.shell}/usr/bin";
    inherit (sandboxPython) finish runner;
    runtime = pyodide-runtime;
  }
)
