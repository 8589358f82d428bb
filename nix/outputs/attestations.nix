{
  base,
  fetchSource,
  lib,
  profile,
  runOutput,
}:
/**
  What an output was made of, and how: a bill of materials (`sbom.cdx.json`, CycloneDX) and a statement of its provenance
  (`provenance.intoto.json`, in-toto with SLSA's predicate), read from the graph of its derivations.

  # Inputs
  an output: a derivation of a folder, with
  - `kind`: what it is, such as `"dist"`
  and, where it has such things in it,
  - `environment`, and the `packages` and `sources` in it, each of these as fetchSource gives it
  - `carries`: further pinned files that it holds as they are or unpacked, entries of a lock with their `license` or null
  - `mayHold`: wheels as in `sources`, of which those are in it that `inside` says are
  - `inside`: store paths, of which all was fetched that the derivations of these unpacked
  - `licences`: a folder of imageLicences with the licences of that

  # Type
  `attestations :: Output -> Derivation`
*/
output:
let
  inherit (lib.lists) unique;
  # A package, with all that it is built with or runs with.
  withNeeded = found: packages: builtins.foldl' withPackage found packages;
  optional = key: default: output.${key} or default;
  index = optional "sources" [ ];
  mayHold = optional "mayHold" [ ];
  readable = source: shortly source.entry // { path = "${source}"; };
  environment = optional "environment" null;
  licences = optional "licences" null;
  withPackage =
    found: package:
    if found ? ${package.pname} then found else withNeeded (found // { ${package.pname} = package; }) package.needs;
  packages = builtins.attrValues (withNeeded { } (optional "packages" [ ]));
  shortly = entry: { inherit (entry) purl name sha256; };
  licensed = entry: shortly entry // { inherit (entry) license; };
  # Of the toolchain, what becomes part of what it compiles.
  linked = [ (base.tarballs.llvm-flang // { license = "Apache-2.0 WITH LLVM-exception"; }) ];
  entries = map (source: source.entry);
  # What may be found in the graph: without a name of its own nothing is.
  pins =
    builtins.attrValues base.sources
    ++ builtins.attrValues profile.sources
    ++ builtins.concatMap (package: entries package.sources) packages
    ++ entries (index ++ mayHold)
    ++ [ (base.sources.${base.busybox.source} // { sha256 = base.busybox.nar_sha256; }) ];
in
derivation (
  runOutput {
    module = "attest";
    wheels = [ "packaging" ];
    unpacked = [
      "boolean"
      "cyclonedx"
      "defusedxml"
      "license-expression"
      "packageurl"
      "py-serializable"
      "sortedcontainers"
    ];
  }
  // {
    name = "${output.name}-attestations";
    manifest = builtins.toJSON {
      inherit (output) kind name;
      profile = profile.name;
      output = "${output}";
      # The file itself, and those that it names: to be read, not built.
      derivation = builtins.unsafeDiscardOutputDependency output.drvPath;
      environment = if environment == null then null else "${environment}";
      licences = if licences == null then null else "${licences}";
      # Names alone: they are compared with what derivations make.
      inside = map (path: builtins.unsafeDiscardStringContext "${path}") (optional "inside" [ ]);
      # Those that are in it; the others are linked into them, or made them.
      has = map (package: package.pname) (optional "packages" [ ]);
      packages = map (package: {
        inherit (package) version;
        inherit (package.meta) license homepage summary;
        name = package.pname;
        libraries = map (needed: needed.pname) (
          builtins.filter (needed: needed.kind == "library") package.needs
        );
        sources = map shortly (entries package.madeOf);
        patches = map (patch: "${patch}") package.patches;
      }) packages;
      index = map readable index;
      mayHold = map readable mayHold;
      carries = map licensed (optional "carries" [ ]);
      linked = map licensed linked;
      pins = unique (map shortly pins);
    };
    passAsFile = [ "manifest" ];
  }
)
