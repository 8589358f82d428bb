{ system }:
/**
  A pinned source as a fixed-output path. Nothing is downloaded here: `wasmwright fetch` adds the file to the store, and
  the builder only says so where it is missing.

  # Type
  `fetchSource :: { purl, name, sha256, ... } -> Derivation`

  The result's `entry` is what it was called with.
*/
entry:
derivation {
  inherit system;
  inherit (entry) name;
  builder = "/bin/sh";
  args = [
    "-c"
    "echo 'wasmwright: source ${entry.name} (${entry.purl}) is not in the store: run ./wasmwright fetch' >&2; exit 1"
  ];
  # A tree of a forge is held unpacked: archives of it are made anew, and differ.
  outputHashMode = if entry.tree or false then "recursive" else "flat";
  outputHashAlgo = "sha256";
  outputHash = entry.sha256;
  preferLocalBuild = true;
}
// {
  inherit entry;
}
