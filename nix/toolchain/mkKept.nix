{ roots, system }:
/**
  A file that names store paths, so that one GC root keeps them all.

  # Type
  `mkKept :: { name, paths } -> Derivation`
*/
{ name, paths }:
derivation {
  inherit paths system;
  name = "${name}-kept";
  builder = "${roots.shell}/usr/bin/bash";
  args = [
    "-c"
    "printf '%s\\n' $paths > $out"
  ];
}
