# A C and a C++ program with an exception and a longjmp, compiled by the toolchain and run by Node.
{
  bashScript,
  roots,
  toolchain,
  ...
}:
derivation (
  bashScript ./hello-c.sh
  // {
    name = "hello-c";
    PATH = "${toolchain}/bin:${roots.shell}/usr/bin";
  }
)
