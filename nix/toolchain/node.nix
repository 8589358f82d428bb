{
  base,
  fetchSource,
  patchelf,
  roots,
  runBusybox,
}:
# Node from its wheel: Debian's has paths of the machine compiled in and aborts in the sandbox.
runBusybox {
  name = "node";
  script = ./node.sh;
  env = {
    wheel = fetchSource base.wheels.node;
    inherit patchelf;
    inherit (roots) libc;
  };
}
