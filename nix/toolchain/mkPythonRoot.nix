{ mkDebRoot, roots }:
/**
  A CPython of the build machine; with its headers where `debs` have them.

  # Inputs
  - `version`: major.minor
  - `debs`: entries of a lock

  # Type
  `mkPythonRoot :: { version, debs } -> Derivation`
*/
{ version, debs }:
mkDebRoot {
  inherit debs;
  name = "python-${version}";
  libraries = [ roots.shell ];
  remove = [
    "usr/lib/python3*/config-*/*.a"
    "usr/lib/x86_64-linux-gnu/*.a"
    "usr/lib/x86_64-linux-gnu/gconv"
    "usr/lib/python3*/test"
    "usr/include/linux"
  ];
  links = {
    "usr/bin/python" = "python${version}";
    "usr/bin/python3" = "python${version}";
  };
  finish = ./python-root.sh;
  env.version = version;
}
