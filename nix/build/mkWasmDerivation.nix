{
  fetchSource,
  fortran,
  fortran-runtime,
  fortranSettings,
  frontend,
  hostEnvironment,
  hostPython,
  mkKept,
  profile,
  python-target,
  roots,
  sandboxPython,
  system,
  toolRoots,
  toolchain,
}:
/**
  The base of all builders: a source, patched, built by a program of `wasmwright.sandbox` under the host Python.

  # Inputs
  - `name`, `version`; `kind`: which program builds it, `wheel` or `library`
  - `lock`: the package's lock, read
  - `patches`: files, applied with `-p1`
  - `cflags`, `cxxflags`, `ldflags`: lists, added to the ABI's
  - `env`: environment variables of the build
  - `tools`: native programs by name; each stands for a tool root
  - `hostDependencies`: libraries and wheels built for the target that this build compiles or links against
  - `build`: what only the one kind of builder knows

  The result's `pinned` are its own sources and build requirements; its `keep` names what a GC root should hold for it to
  be built again without a registry.

  # Type
  `mkWasmDerivation :: { name, version, kind, lock, ... } -> Derivation`
*/
{
  name,
  version,
  kind,
  lock,
  patches ? [ ],
  cflags ? [ ],
  cxxflags ? [ ],
  ldflags ? [ ],
  env ? { },
  tools ? [ ],
  hostDependencies ? [ ],
  build,
}:
let
  rootOf =
    tool:
    toolRoots.${tool}
      or (throw "pkgs/${name}/recipe.toml: unknown tool `${tool}` in build.tools; known are ${builtins.concatStringsSep ", " (builtins.attrNames toolRoots)}");
  environment = hostEnvironment {
    inherit name;
    wheels = map fetchSource lock.build_requires;
  };
  fortranOf = fortranSettings {
    inherit
      kind
      tools
      env
      build
      ;
  };
  hasRuntime = builtins.elem "flang" tools;
  usesFortran = hasRuntime || builtins.elem "flang-compiler" tools;
  pinned = map fetchSource ([ lock.source ] ++ lock.build_requires ++ lock.test_requires);
  unique = builtins.foldl' (seen: x: if builtins.elem x seen then seen else seen ++ [ x ]) [ ];
in
derivation (
  hostPython [
    "-c"
    sandboxPython.runner
    sandboxPython.build
    "wasmwright.sandbox.${kind}"
  ]
  // {
    inherit system;
    name = "${name}-${version}-${kind}";
    __structuredAttrs = true;
    source = fetchSource lock.source;
    inherit patches toolchain;
    targetPython = python-target;
    hostPython = roots.python;
    hostEnvironments = [
      environment
      frontend
    ]
    ++ fortranOf.hostEnvironments;
    path = unique (map rootOf tools) ++ [ roots.shell ];
    dependencies = hostDependencies;
    hostPlatform = profile.abi.host-platform;
    inherit (profile.abi) sysconfigdata;
    build = {
      configSettings = { };
      system = "";
      flags = [ ];
      exports = "pyinit";
    }
    // fortranOf.build
    // {
      inherit (fortranOf) env;
      inherit
        name
        version
        cflags
        cxxflags
        ;
      ldflags = ldflags ++ fortranOf.ldflags;
    };
  }
)
// {
  inherit pinned;
  keep = mkKept {
    inherit name;
    paths =
      pinned
      ++ [ environment ]
      ++ hostDependencies
      ++ map (package: package.keep) hostDependencies
      ++ (if usesFortran then [ fortran ] ++ map fetchSource profile.roots.flang else [ ])
      ++ (
        if builtins.elem "cmake" tools then [ roots.cmake ] ++ map fetchSource profile.roots.cmake else [ ]
      )
      ++ (
        if hasRuntime then
          [
            fortran-runtime
            (fetchSource profile.tarballs.llvm-flang)
          ]
        else
          [ ]
      );
  };
}
