{
  profile,
  hostPython,
  pyodide-runtime,
  roots,
  sandboxPython,
  system,
}:
# What a build for the target sees of Python: headers with the runtime's own pyconfig.h, and its sysconfig data.
derivation (
  hostPython [
    "-c"
    sandboxPython.runner
    sandboxPython.assemblePythonTarget
    "wasmwright.assemble.pythontarget"
  ]
  // {
    name = "python-target-${profile.abi.python}";
    inherit system;
    inherit (profile.abi) sysconfigdata;
    version = profile.abi.python;
    headers = "${roots.python}/usr/include";
    runtime = pyodide-runtime;
  }
)
