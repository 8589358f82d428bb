{
  buildPython,
  mkPythonEnvironment,
  profile,
}:
/**
  Pinned wheels for the build Python.

  # Type
  `buildEnvironment :: { name, wheels } -> Derivation`
*/
{ name, wheels }:
mkPythonEnvironment {
  inherit wheels;
  name = "${name}-build-environment-${profile.abi.python}";
  python = buildPython;
}
