{
  imageLayer,
  imageWays,
  lib,
  profile,
  release,
  runPart,
  sandboxPython,
  system,
}:
/**
  An OCI image: a layout whose layers are derivations of their own, the lowest first.

  # Inputs
  - `name`: without the `container-` that attributes have
  - `title`, `description`, `licenses`: for its labels; the last an expression of SPDX
  - `layers`: what `imageLayer` makes, for what lies outside of the store
  - `contents`: `{ path, omit ? [ ] }`: a layer each. What they need has to be among them
  - `settings`: the `config` of the OCI specification

  # Type
  `image :: { name, title, description, licenses, layers, contents, settings } -> Derivation`
*/
{
  name,
  title,
  description,
  licenses,
  layers,
  contents,
  settings,
}:
let
  # Without the hash.
  nameOf = path: builtins.unsafeDiscardStringContext (builtins.substring 33 (-1) (baseNameOf "${path}"));
  ofContent =
    {
      path,
      omit ? [ ],
    }:
    imageLayer {
      name = nameOf path;
      trees = [
        {
          inherit omit;
          source = "${path}";
          at = "${path}";
        }
      ];
    };
  paths = map (content: "${content.path}") contents;
  of = "org.opencontainers.image";
  built = derivation (
    runPart sandboxPython.ociLayout "wasmwright.oci.layout"
    // {
      inherit settings system;
      __structuredAttrs = true;
      name = "container-${name}-${profile.short}";
      imageName = "wasmwright-${name}";
      tag = profile.short;
      layers = layers ++ map ofContent contents;
      inside = paths;
      exportReferencesGraph.closure = paths;
      labels = {
        "${of}.title" = title;
        "${of}.description" = description;
        "${of}.licenses" = licenses;
        "wasmwright.profile" = profile.name;
      }
      // lib.attrs.mapNames (label: "${of}.${label}") release;
    }
  );
in
built // imageWays built
