{
  profile,
  fetchSource,
  runBusybox,
}:
# The stock Pyodide runtime, as npm has it.
runBusybox {
  name = "pyodide-runtime-${profile.short}";
  script = ./pyodide-runtime.sh;
  env.tarball = fetchSource profile.npm.pyodide;
}
