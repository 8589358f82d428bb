{
  attestations,
  imageFiles,
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
  - `contents`: `{ path, omit ? [ ], instead ? { } }`: a layer each. What they need has to be among them. `instead` names files
    of the path, and what takes their place
  - `settings`: the `config` of the OCI specification
  - `isWhole`: whether a layer more has all that is omitted, so that store paths are what Nix takes them for

  # Type
  `image :: { name, title, description, licenses, layers, contents, settings, isWhole ? false } -> Derivation`
*/
{
  name,
  title,
  description,
  licenses,
  layers,
  contents,
  settings,
  isWhole ? false,
}:
let
  # Without the hash.
  nameOf = path: builtins.unsafeDiscardStringContext (builtins.substring 33 (-1) (baseNameOf "${path}"));
  # What its own layer has not.
  leftOut =
    {
      omit ? [ ],
      instead ? { },
      ...
    }:
    omit ++ builtins.attrNames instead;
  ofContent =
    {
      path,
      instead ? { },
      ...
    }@content:
    imageLayer {
      name = nameOf path;
      trees = [
        {
          source = "${path}";
          at = "${path}";
          omit = leftOut content;
        }
      ]
      ++ map (file: {
        source = "${instead.${file}}";
        at = "${path}/${file}";
        omit = [ ];
      }) (builtins.attrNames instead);
    };
  # By itself: the others are those of images that leave it out.
  rest = imageLayer {
    name = "rest";
    trees = map (content: {
      source = "${content.path}";
      at = "${content.path}";
      omit = leftOut content;
      rest = true;
    }) (builtins.filter (content: leftOut content != [ ]) contents);
  };
  all = layers ++ map ofContent contents ++ (if isWhole then [ rest ] else [ ]);
  paths = map (content: "${content.path}") contents;
  # What of it is known besides its path.
  held = builtins.filter builtins.isAttrs (map (content: content.path) contents);
  isPackage = path: path ? madeOf;
  isOutput = path: path ? kind && path ? environment;
  gathered =
    key: of: lib.lists.unique (builtins.concatMap (path: path.${key} or [ ]) (builtins.filter of held));
  firstOf =
    key: from:
    let
      found = builtins.filter (one: one ? ${key}) from;
    in
    if found == [ ] then null else (builtins.head found).${key};
  of = "org.opencontainers.image";
  built = derivation (
    runPart sandboxPython.ociLayout "wasmwright.oci.layout"
    // {
      inherit settings system;
      __structuredAttrs = true;
      name = "container-${name}-${profile.short}";
      imageName = "wasmwright-${name}";
      tag = profile.short;
      layers = all;
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
built
// imageWays built
// {
  layers = builtins.listToAttrs (
    map (layer: {
      name = layer.layerName;
      value = layer;
    }) all
  );
  # A bill of materials and a statement of provenance: beside the image, as nothing can be in it that has its digest.
  attestations = attestations (
    built
    // {
      kind = "container-${name}";
      inside = paths ++ [ "${imageFiles}" ];
      packages = lib.lists.unique (builtins.filter isPackage held ++ gathered "packages" isOutput);
      sources = gathered "sources" isOutput;
      mayHold = builtins.filter (source: lib.names.isWheel source.entry.name) (
        gathered "sources" (path: !isOutput path && !isPackage path)
      );
      carries = gathered "carries" isOutput;
      environment = firstOf "environment" held;
      licences = firstOf "licences" layers;
    }
  );
}
