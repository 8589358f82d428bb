{
  patchelf,
  roots,
  system,
}:
/**
  Pinned wheels for the host Python, unpacked beside each other: `lib/` goes on PYTHONPATH, `bin/` on PATH.

  # Type
  `hostEnvironment :: { name, wheels } -> Derivation`
*/
{ name, wheels }:
derivation {
  inherit system wheels;
  name = "${name}-host-environment";
  builder = "${roots.python}/usr/bin/python3";
  args = [
    "-I"
    "-B"
    ./hostEnvironment.py
  ];
  patchelf = "${patchelf}/bin/patchelf";
  python = roots.python;
}
