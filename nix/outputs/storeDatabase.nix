{
  runPart,
  sandboxPython,
  roots,
  system,
}:
/**
  What Nix knows of the store of an image: that these paths are valid, and that they are not garbage. A folder that belongs to
  `/nix/var/nix` there.

  # Inputs
  - `name`: the image's
  - `paths`: all that is in it; what they need has to be among them

  # Type
  `storeDatabase :: { name, paths } -> Derivation`
*/
{ name, paths }:
derivation (
  runPart sandboxPython.ociDatabase "wasmwright.oci.database"
  // {
    inherit system;
    __structuredAttrs = true;
    name = "store-of-${name}";
    shell = "${roots.shell}/usr/bin/bash";
    nixStore = "${roots.nix}/usr/bin/nix-store";
    exportReferencesGraph.closure = paths;
  }
)
