{ auditLibrary, mkWasmDerivation }:
/**
  A C or C++ library for the target: headers, static archive, pkg-config file.

  # Inputs
  - `name`, `version`, `lock`, `patches`, `cflags`, `cxxflags`, `ldflags`, `env`, `tools`, `hostDependencies`: see
    mkWasmDerivation; `lock` is the lock's file
  - `system`: `"cmake"`, `"autotools"`, `"meson"` or `"make"`
  - `flags`: arguments of the configure step (of `make` for `"make"`)

  # Type
  `buildWasmLibrary :: { name, version, lock, system, ... } -> Derivation`

  The result's `audited` is the same library behind the gate. Builds that link it take the library itself, so that a
  change to the audit compiles nothing anew, and are audited themselves.
*/
{
  name,
  version,
  lock,
  system,
  flags ? [ ],
  patches ? [ ],
  cflags ? [ ],
  cxxflags ? [ ],
  ldflags ? [ ],
  env ? { },
  tools ? [ ],
  hostDependencies ? [ ],
}:
let
  known = [
    "autotools"
    "cmake"
    "make"
    "meson"
  ];
  implied = {
    cmake = [
      "cmake"
      "ninja"
    ];
    meson = [ "ninja" ];
  };
  library = mkWasmDerivation {
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
    tools = tools ++ implied.${system} or [ ];
    kind = "library";
    lock = builtins.fromJSON (builtins.readFile lock);
    build = { inherit system flags; };
  };
in
if !builtins.elem system known then
  throw "pkgs/${name}/recipe.toml: unknown build.system `${system}`; known are ${builtins.concatStringsSep ", " known}"
else
  library
  // {
    inherit version;
    pname = name;
    audited = auditLibrary { inherit name version library; } // {
      inherit (library) keep pinned;
      unaudited = library;
    };
  }
