# FORTRAN 77 and a Fortran 90 module called from C, without the Fortran runtime, at two levels of optimisation; and what is
# refused, in the words that users see.
{
  bashScript,
  fortran,
  roots,
  libraryToolchain,
  ...
}:
derivation (
  bashScript ./hello-fortran.sh
  // {
    name = "hello-fortran";
    PATH = "${fortran}/bin:${libraryToolchain}/bin:${roots.shell}/usr/bin";
  }
)
