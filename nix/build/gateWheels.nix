{
  base,
  fetchSource,
  mkPythonEnvironment,
  roots,
}:
# What the gates' own programs import: the compressor of wheels.
mkPythonEnvironment {
  name = "gate-wheels";
  wheels = [ (fetchSource base.wheels.deflate) ];
  inherit (roots) python;
}
