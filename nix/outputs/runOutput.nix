{
  base,
  fetchSource,
  mkPythonEnvironment,
  roots,
  sandboxPython,
  system,
}:
/**
  How a derivation starts a program of outputs/, with wheels on its path.

  # Inputs
  - `module`: below wasmwright.outputs; it is the name of its part of the package as well
  - `wheels`: keys of `[wheels]` in base.toml; Python imports from these as they are
  - `unpacked`: the same of wheels that have compiled code, or look for files beside their modules

  # Type
  `runOutput :: { module, wheels ? [ ], unpacked ? [ ] } -> { builder, args, system, PATH }`
*/
{
  module,
  wheels ? [ ],
  unpacked ? [ ],
}:
let
  fetch = map (key: fetchSource base.wheels.${key});
  environment = mkPythonEnvironment {
    name = "${module}-wheels";
    wheels = fetch unpacked;
    inherit (roots) python;
  };
in
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
  path = fetch wheels ++ (if unpacked == [ ] then [ ] else [ "${environment}/lib" ]);
  PATH = "${roots.shell}/usr/bin";
}
