{
  base,
  fetchSource,
  roots,
  sandboxPython,
  system,
}:
/**
  How a derivation starts a program of outputs/, with pure wheels on its path: Python imports from them as they are.

  # Inputs
  - `module`: below wasmwright.outputs; it is the name of its part of the package as well
  - `wheels`: keys of `[wheels]` in base.toml

  # Type
  `runOutput :: { module, wheels ? [ ] } -> { builder, args, system, PATH }`
*/
{
  module,
  wheels ? [ ],
}:
{
  inherit system;
  builder = "${roots.shell}/usr/bin/bash";
  args = [
    "-c"
    ''exec ${roots.python}/usr/bin/python3 -I -B "$@"''
    "python"
    "-c"
    sandboxPython.runnerWithWheels
    sandboxPython.outputs.${module}
    "wasmwright.outputs.${module}"
  ];
  path = map (key: fetchSource base.wheels.${key}) wheels;
  PATH = "${roots.shell}/usr/bin";
}
