{
  base,
  node,
  roots,
  runBusybox,
}:
/**
  Emscripten's programs, bound to one cache of system libraries.

  # Inputs
  - `name`
  - `cache`: the folder of the system libraries; null where the caller sets `EM_CACHE` to one that it may fill

  # Type
  `mkEmscripten :: { name, cache } -> Derivation`
*/
{
  name,
  cache,
}:
runBusybox {
  inherit name;
  script = ./mkEmscripten.sh;
  env = {
    inherit node;
    inherit (roots)
      emscripten
      llvm
      python
      shell
      ;
    pythonOptions = builtins.concatStringsSep " " base.compiler.python-options;
    cache = if cache == null then "" else cache;
  };
}
