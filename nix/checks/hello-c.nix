# A C and a C++ program with an exception and a longjmp, compiled by the toolchain and run by Node.
{
  bashScript,
  roots,
  libraryToolchain,
  ...
}:
derivation (
  bashScript ./hello-c.sh
  // {
    name = "hello-c";
    PATH = "${libraryToolchain}/bin:${roots.shell}/usr/bin";
  }
)
