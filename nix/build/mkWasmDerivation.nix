{
  fetchSource,
  lib,
  mkKept,
  roots,
  runPart,
  sandboxPython,
  simd,
  system,
  toolRecords,
}:
/**
  The base of all builders: a source, patched, built by a program of ours. It knows no tool and no profile by name.

  # Inputs
  - `name`, `version`, `patches`, `cflags`, `cxxflags`, `ldflags`, `env`, `tools`, `hostDependencies`: see buildWasmWheel
  - `derivationName`: its name in the store
  - `kind`: which program builds it, `wheel` or `library`
  - `sources`: `{ entry, into, unpack }` of a lock, the package's own first; `folder`: where in it the project lies
  - `toolchain`; `variables`: those by which build systems find it
  - `python`: `{ interpreter, target, environments }`: the Python on PATH, the target's description or null, and folders with modules
    and programs for it
  - `build`: what only the one kind of builder knows; `buildSystem`: a library's, empty for wheels
  - `isWhole`: whether it is linked: who uses it needs none of its dependencies
  - `keep`: more of what a GC root should hold

  # Type
  `mkWasmDerivation :: { name, version, kind, sources, ... } -> Derivation`

  In flags, settings and variables of the recipe, `{host:NAME}` stands for the folder of the dependency NAME.

  The result's `keep` names what a GC root should hold for it to be built again without a registry.
*/
{
  derivationName,
  name,
  version,
  kind,
  sources,
  folder,
  toolchain,
  variables,
  python,
  build,
  buildSystem,
  isWhole,
  keep,
  patches,
  cflags,
  cxxflags,
  ldflags,
  env,
  tools,
  hostDependencies,
}:
let
  inherit (lib.lists) unique;
  recordOf =
    tool:
    (toolRecords.${tool}
      or (throw "pkgs/${name}/recipe.toml: unknown tool `${tool}` in build.tools; known are ${builtins.concatStringsSep ", " (builtins.attrNames toolRecords)}")
    )
      { inherit kind; };
  records = map recordOf tools;
  ofTools = key: builtins.concatMap (record: record.${key}) records;
  # A library is an archive: who links it links what it calls, too.
  needed = unique (builtins.concatMap (package: package.built.needed or [ ]) hostDependencies);
  dependencies = unique (map (package: package.built) hostDependencies ++ needed);
  # Assertions in headers of libraries would name their places in the store.
  mapped = map (library: "-fmacro-prefix-map=${library}=${library.name}") (
    unique (
      map (package: package.built) (builtins.filter (package: package.kind == "library") hostDependencies)
      ++ needed
    )
  );
  programs = {
    wheel = runPart sandboxPython.build "wasmwright.sandbox.wheel";
    library = runPart sandboxPython.buildLibrary "wasmwright.relocatable";
  };
  # After the recipe's flags, which are after the project's: what asks for vectors by a flag, or tries whether they compile, has none.
  scalar = if simd then [ ] else [ "-mno-simd128" ];
  # `{host:NAME}` in a text of the recipe is the folder of that dependency.
  filled = builtins.replaceStrings (map (package: "{host:${package.pname}}") hostDependencies) (
    map (package: "${package.built}") hostDependencies
  );
  fillAll =
    value:
    if builtins.isString value then
      filled value
    else if builtins.isList value then
      map fillAll value
    else if builtins.isAttrs value then
      builtins.mapAttrs (_: fillAll) value
    else
      value;
  # Back end or build system, to key, to arguments: those of all tools after each other.
  settings = builtins.zipAttrsWith (_: builtins.zipAttrsWith (_: builtins.concatLists)) (
    map (record: record.settings) records
  );
  places = map (place: {
    path = fetchSource place.entry;
    inherit (place) into unpack;
  }) sources;
in
derivation (
  programs.${kind}
  // {
    inherit system;
    name = derivationName;
    __structuredAttrs = true;
    sources = places;
    inherit
      dependencies
      folder
      needed
      patches
      toolchain
      variables
      ;
    python = python // {
      environments = python.environments ++ ofTools "buildEnvironments";
    };
    path = unique (ofTools "path") ++ [ roots.shell ];
    build = fillAll build // {
      inherit name version settings;
      cflags = mapped ++ fillAll cflags ++ scalar;
      cxxflags = mapped ++ fillAll cxxflags ++ scalar;
      system = buildSystem;
      ldflags = fillAll ldflags ++ ofTools "ldflags";
      env = builtins.foldl' (all: record: all // record.env) { } records // fillAll env;
    };
  }
)
// {
  sources = map (place: place.path) places;
  # What has to be linked together with it.
  needed = if isWhole then [ ] else dependencies;
  keep = mkKept {
    name = derivationName;
    paths = unique (
      map (place: place.path) places
      ++ dependencies
      ++ map (package: package.built.keep) hostDependencies
      ++ ofTools "keep"
      ++ keep
    );
  };
}
