{
  node,
  profile,
  pyodide-runtime,
  roots,
  sandboxPython,
  system,
}:
# The memory of the runtime's Python as it has just started: who begins with it saves most of the start.
derivation {
  inherit system;
  name = "started-runtime-${profile.short}";
  builder = "${roots.shell}/usr/bin/bash";
  args = [
    "-euc"
    ''"$node" --import "$part/wasmwright/wheeltools/nothingbychance.mjs" "$part/wasmwright/runtime/run.mjs" --runtime "$runtime" --keep-memory "$out" -- -c ""''
  ];
  node = "${node}/bin/node";
  runtime = pyodide-runtime;
  part = sandboxPython.startedRuntime;
}
