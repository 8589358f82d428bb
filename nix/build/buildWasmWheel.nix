{
  fetchSource,
  finishWheel,
  mkKept,
  mkWasmDerivation,
  testWheel,
}:
/**
  A Python package as a wheel for the target: built by its own back end, split from its tests, audited.

  # Inputs
  - `name`, `version`; `lock`: the lock's file
  - `patches`, `cflags`, `cxxflags`, `ldflags`, `env`, `tools`, `hostDependencies`: see mkWasmDerivation
  - `configSettings`: for the back end (PEP 517), each a string or a list of strings
  - `exports`: what side modules export besides data: `"pyinit"`, `"all"` or a list of names
  - `runDependencies`: wheels that importing it needs
  - `testImports`: modules that must import; `smokeTest`: a script with a real result, or null
  - `testSplit`: globs of the files that go into the tests' own wheel

  # Type
  `buildWasmWheel :: { name, version, lock, ... } -> Derivation`

  The result's `unaudited` is the wheel as the back end made it; `tests.import` imports it in the stock runtime.
*/
{
  name,
  version,
  lock,
  patches ? [ ],
  configSettings ? { },
  cflags ? [ ],
  cxxflags ? [ ],
  ldflags ? [ ],
  env ? { },
  exports ? "pyinit",
  tools ? [ ],
  hostDependencies ? [ ],
  runDependencies ? [ ],
  testImports ? [ ],
  testSplit ? [ ],
  smokeTest ? null,
}:
let
  read = builtins.fromJSON (builtins.readFile lock);
  unaudited = mkWasmDerivation {
    inherit
      name
      version
      patches
      cflags
      cxxflags
      ldflags
      env
      tools
      hostDependencies
      ;
    kind = "wheel";
    lock = read;
    build = { inherit configSettings exports; };
  };
  finished = finishWheel {
    inherit
      name
      version
      unaudited
      testSplit
      ;
    libraries = builtins.filter (package: !isShared package) hostDependencies;
    inherit shared;
  };
  # The libraries that it may load at run time.
  isShared = package: package ? audited && package.closure != [ ];
  shared = map (package: package.audited) (builtins.filter isShared hostDependencies);
  # What has to be installed with it for an import to work.
  beside = unique (shared ++ builtins.concatMap (package: package.closure) runDependencies);
  closure = [ finished ] ++ beside;
  unique = builtins.foldl' (seen: x: if builtins.elem x seen then seen else seen ++ [ x ]) [ ];
in
finished
// {
  inherit closure unaudited version;
  inherit (unaudited) pinned;
  keep = mkKept {
    inherit name;
    paths = [ unaudited.keep ] ++ beside ++ map (package: package.keep) runDependencies;
  };
  pname = name;
  tests.import = testWheel {
    inherit
      name
      version
      testImports
      smokeTest
      closure
      ;
  };
}
