{
  bashScript,
  profile,
  pyodide-runtime,
  roots,
  sandboxPython,
}:
/**
  The gate for libraries: the library again, beside the audit's report, if the audit finds nothing; and a wheel of the
  side modules `shared`, if there are any. The library is shared between profiles: it may not call what this one has with
  other types.

  # Type
  `auditLibrary :: { name, version, built, shared, beside, meta } -> Derivation`
*/
{
  name,
  version,
  built,
  shared,
  beside,
  meta,
}:
derivation (
  bashScript ./auditLibrary.sh
  // {
    inherit
      beside
      built
      shared
      version
      ;
    name = "${name}-wasm-${version}-${profile.short}";
    pname = name;
    profile = profile.name;
    inherit (profile.abi) platform differing;
    meta = builtins.toJSON meta;
    passAsFile = [ "meta" ];
    python = "${roots.python}/usr/bin/python3";
    PATH = "${roots.shell}/usr/bin";
    inherit (sandboxPython) finish runner;
    runtime = pyodide-runtime;
  }
)
