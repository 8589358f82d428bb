{ auditLibrary, mkWasmDerivation }:
/**
  A C or C++ library for the target: headers, static archive, pkg-config file.

  # Inputs
  - `name`, `version`, `lock`, `patches`, `cflags`, `cxxflags`, `ldflags`, `env`, `tools`, `hostDependencies`: see
    mkWasmDerivation; `lock` is the lock's file
  - `system`: `"cmake"`, `"autotools"`, `"meson"` or `"make"`
  - `flags`: arguments of the configure step (of `make` for `"make"`)
  - `shared`: side modules in its `lib` folder that wheels load at run time; they get a wheel of their own

  # Type
  `buildWasmLibrary :: { name, version, lock, system, ... } -> Derivation`

  The result's `audited` is the same library behind the gate, with the wheel of its side modules. Builds that link it
  take the library itself, so that a change to the audit compiles nothing anew, and are audited themselves. `closure` is
  what has to be unpacked beside a wheel that links it.
*/
{
  name,
  version,
  lock,
  system,
  flags ? [ ],
  shared ? [ ],
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
  audited =
    auditLibrary {
      inherit
        name
        version
        library
        shared
        ;
    }
    // {
      inherit (library) keep pinned;
      unaudited = library;
    };
in
if !builtins.elem system known then
  throw "pkgs/${name}/recipe.toml: unknown build.system `${system}`; known are ${builtins.concatStringsSep ", " known}"
else
  library
  // {
    inherit version;
    pname = name;
    inherit audited;
    closure = if shared == [ ] then [ ] else [ audited ];
  }
