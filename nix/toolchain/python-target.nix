{
  profile,
  hostPython,
  pyodide-runtime,
  roots,
  system,
}:
# What a build for the target sees of Python: headers with the runtime's own pyconfig.h, and its sysconfig data.
derivation (
  hostPython [ ./python-target.py ]
  // {
    name = "python-target-${profile.abi.python}";
    inherit system;
    inherit (profile.abi) sysconfigdata;
    version = profile.abi.python;
    headers = "${roots.python}/usr/include";
    runtime = pyodide-runtime;
  }
)
