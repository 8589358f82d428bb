{
  gateWheels,
  profile,
  pyodide-runtime,
  roots,
  sandboxPython,
  variant,
}:
/**
  What the gates of wheels and libraries have in common.

  # Inputs
  - `built`: the wheel or library before the gate
  - `shared`: the side modules that other wheels load: of a wheel, the packages that have them; of a library, its files
  - `beside`: packages that have to be installed with it
  - `meta`: what package.json says to people

  # Type
  `gate :: { name, version, built, shared, beside, meta } -> AttrSet`
*/
{
  name,
  version,
  built,
  shared,
  beside,
  meta,
}:
{
  inherit
    beside
    built
    shared
    version
    ;
  inherit (profile.abi) platform;
  name = "${name}-wasm-${version}${variant}-${profile.short}";
  pname = name;
  profile = profile.name;
  # What package.json says of it: that a package is in one set more builds nothing anew.
  meta = builtins.toJSON (
    builtins.intersectAttrs {
      summary = null;
      license = null;
      homepage = null;
      imports = null;
    } meta
  );
  passAsFile = [ "meta" ];
  python = "${roots.python}/usr/bin/python3";
  PATH = "${roots.shell}/usr/bin";
  inherit (sandboxPython) finish;
  runner = sandboxPython.runnerWithWheels;
  path = "${gateWheels}/lib";
  runtime = pyodide-runtime;
}
