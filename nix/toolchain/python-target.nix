{
  profile,
  pyodide-runtime,
  roots,
  system,
}:
# What a build for the target sees of Python: headers with the runtime's own pyconfig.h, and its sysconfig data.
derivation {
  name = "python-target-${profile.abi.python}";
  inherit system;
  builder = "${roots.python}/usr/bin/python3";
  args = [
    "-I"
    ./python-target.py
  ];
  inherit (profile.abi) sysconfigdata;
  version = profile.abi.python;
  headers = "${roots.python}/usr/include";
  runtime = pyodide-runtime;
}
