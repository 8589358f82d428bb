# The vector mathematics that a patch gives to numpy: every 4,099th float, in each function, against the C library's doubles.
# tests/accuracy/measure.py has all floats, and doubles.
{
  bashScript,
  packages,
  roots,
  libraryToolchain,
  ...
}:
derivation (
  bashScript ./numpy-mathematics.sh
  // {
    name = "numpy-mathematics";
    PATH = "${libraryToolchain}/bin:${roots.shell}/usr/bin";
    python = "${roots.python}/usr/bin/python3";
    source = ../../tests/accuracy;
    patch = ../../pkgs/numpy/patches/0009-vector-mathematics.patch;
  }
)
