{
  buildPython,
  profile,
  pyodide-runtime,
  runPart,
  sandboxPython,
  system,
}:
# What a build for the target sees of Python: headers with the runtime's own pyconfig.h, and its sysconfig data.
derivation (
  runPart sandboxPython.assemblePythonTarget "wasmwright.assemble.pythontarget"
  // {
    name = "python-target-${profile.abi.python}-${profile.short}";
    inherit system;
    inherit (profile.abi) sysconfigdata;
    version = profile.abi.python;
    headers = "${buildPython}/usr/include";
    runtime = pyodide-runtime;
  }
)
