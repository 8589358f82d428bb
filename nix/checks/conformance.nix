# The programs of tests/fortran through one compiler.
{
  bashScript,
  roots,
  sandboxPython,
  ...
}:
attributes:
derivation (
  bashScript ./fortran-conformance.sh
  // {
    inherit (sandboxPython) conformance runner;
    python = "${roots.python}/usr/bin/python3";
    programs = ../../tests/fortran;
  }
  // attributes
)
