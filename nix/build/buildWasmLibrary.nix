{
  auditLibrary,
  base,
  crossVariables,
  lib,
  libraryToolchain,
  mkWasmDerivation,
  packageOf,
  roots,
  variant,
}:
/**
  A C, C++ or Fortran library for the target: headers, static archive, pkg-config file.

  # Inputs
  - `name`, `version`, `lock`, `sourceFolder`, `patches`, `cflags`, `cxxflags`, `ldflags`, `env`, `tools`, `hostDependencies`,
    `meta`: see buildWasmWheel
  - `system`: what builds it, see `[systems]` of base.toml
  - `flags`: arguments of the configure step (of `make` for `"make"`)
  - `shared`: side modules in its `lib` folder that wheels load at run time; they get a wheel of their own

  # Type
  `buildWasmLibrary :: { name, version, lock, system, ... } -> Package`

  The package (see packageOf) is the library behind the gate. Builds that link it take `built`, which depends on no profile and not
  on the audit.
*/
lib.overridable.overridable (
  {
    name,
    version,
    lock,
    system,
    sourceFolder ? "",
    flags ? [ ],
    shared ? [ ],
    patches ? [ ],
    cflags ? [ ],
    cxxflags ? [ ],
    ldflags ? [ ],
    env ? { },
    tools ? [ ],
    hostDependencies ? [ ],
    meta ? { },
  }:
  let
    known = builtins.concatStringsSep ", " (builtins.attrNames base.systems);
    implied =
      base.systems.${system}
        or (throw "pkgs/${name}/recipe.toml: unknown build.system `${system}`; known are ${known}");
    view = lib.packageLock.view {
      inherit name;
      lock = builtins.fromJSON (builtins.readFile lock);
      profile = null;
    };
    built = mkWasmDerivation {
      inherit
        name
        version
        patches
        cflags
        cxxflags
        ldflags
        env
        hostDependencies
        ;
      inherit (view) sources;
      derivationName = "${name}-${version}${variant}-library";
      kind = "library";
      folder = sourceFolder;
      toolchain = libraryToolchain;
      variables = crossVariables {
        toolchain = libraryToolchain;
        kind = "library";
      };
      python = {
        interpreter = roots.python;
        target = null;
        environments = [ ];
      };
      tools = tools ++ implied.tools;
      buildSystem = system;
      build = { inherit flags; };
      isWhole = shared != [ ];
      keep = [ ];
    };
    beside = lib.lists.unique (
      builtins.concatMap (
        package: (if package.wheels.main == null then [ ] else [ package ]) ++ package.beside
      ) (builtins.filter (package: package.kind == "library") hostDependencies)
    );
  in
  packageOf {
    inherit
      beside
      built
      meta
      name
      version
      ;
    kind = "library";
    hasWheel = shared != [ ];
    gate = auditLibrary {
      inherit
        beside
        built
        meta
        name
        shared
        version
        ;
      linked = lib.lists.unique (
        builtins.concatMap (package: [ package.built ] ++ package.built.needed or [ ]) hostDependencies
      );
    };
    inherit patches;
    inherit (built) sources;
    madeOf = built.sources;
    needs = hostDependencies;
    tests = { };
  }
)
