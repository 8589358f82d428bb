{
  buildEnvironment,
  buildPython,
  crossVariables,
  fetchSource,
  finishWheel,
  frontend,
  lib,
  mkEnvironment,
  mkWasmDerivation,
  packageOf,
  prebuiltWheel,
  profile,
  python-target,
  testWheel,
  toolchain,
  variant,
}:
/**
  A Python package as a wheel for the target: built by its own back end, split from its tests, audited.

  # Inputs
  - `name`, `version`; `lock`: the lock's file; `sourceFolder`: where in its source the project lies
  - `patches`: files, applied with `-p1`
  - `cflags`, `cxxflags`, `ldflags`: lists, added to the ABI's
  - `env`: environment variables of the build
  - `tools`: native programs by name, see toolRecords
  - `hostDependencies`: packages that this build compiles or links against
  - `configSettings`: for the back end (PEP 517), each a string or a list of strings
  - `exports`: what side modules export besides data: `"pyinit"`, `"all"` or a list of names
  - `prebuilt`: whether the source is a finished wheel: nothing is built, and it goes through the gate as ours do
  - `runDependencies`: packages that importing it needs
  - `testImports`: modules that must import; `smokeTest`: a script with a real result, or null
  - `testSplit`: globs of the files that go into the tests' own wheel
  - `meta`: what the recipe says about it: `{ summary, license, homepage, sets, profiles, disabled }`

  # Type
  `buildWasmWheel :: { name, version, lock, ... } -> Package`

  `tests.import` imports it in the stock runtime.
*/
lib.overridable.overridable (
  {
    name,
    version,
    lock,
    sourceFolder ? "",
    patches ? [ ],
    configSettings ? { },
    cflags ? [ ],
    cxxflags ? [ ],
    ldflags ? [ ],
    env ? { },
    exports ? "pyinit",
    prebuilt ? false,
    tools ? [ ],
    hostDependencies ? [ ],
    runDependencies ? [ ],
    testImports ? [ ],
    testSplit ? [ ],
    smokeTest ? null,
    meta ? { },
  }:
  let
    inherit (lib.lists) unique;
    view = lib.packageLock.view {
      inherit name;
      lock = builtins.fromJSON (builtins.readFile lock);
      inherit profile;
      wheels = builtins.listToAttrs (
        map (package: {
          name = package.pname;
          value = package.version;
        }) (builtins.filter (package: package.kind == "wheel") hostDependencies)
      );
    };
    buildWheels = map fetchSource view.buildRequires;
    environment = buildEnvironment {
      inherit name;
      wheels = buildWheels;
    };
    built =
      if prebuilt then
        prebuiltWheel {
          inherit name version;
          inherit (builtins.head view.sources) entry;
        }
      else
        mkWasmDerivation {
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
            toolchain
            ;
          inherit (view) sources;
          derivationName = "${name}-${version}${variant}-wheel-${profile.short}";
          kind = "wheel";
          folder = sourceFolder;
          variables = crossVariables {
            inherit toolchain;
            kind = "wheel";
          };
          python = {
            interpreter = buildPython;
            target = python-target;
            environments = [
              environment
              frontend
            ];
          };
          buildSystem = "";
          build = { inherit configSettings exports; };
          isWhole = true;
          keep = [ environment ] ++ buildWheels;
        };
    isLibrary = package: package.kind == "library";
    hasWheel = package: package.wheels.main != null;
    linked = builtins.filter isLibrary hostDependencies;
    # The libraries that it may load at run time, those that a static one calls among them.
    shared = unique (
      builtins.concatMap (
        package: (if hasWheel package then [ package ] else [ ]) ++ package.beside
      ) linked
    );
    beside = unique (
      shared ++ builtins.concatMap (package: [ package ] ++ package.beside) runDependencies
    );
    required = lib.packageLock.newest (
      view.runRequires ++ builtins.concatMap (package: package.required) beside
    );
    allMeta = meta // {
      imports = testImports;
    };
    gate = finishWheel {
      inherit
        beside
        built
        name
        shared
        testSplit
        version
        ;
      meta = allMeta;
      libraries = builtins.filter (package: !hasWheel package) linked;
    };
  in
  packageOf {
    inherit
      beside
      built
      gate
      name
      required
      version
      ;
    kind = "wheel";
    meta = allMeta;
    hasWheel = true;
    inherit patches;
    madeOf = built.sources;
    needs = unique (hostDependencies ++ runDependencies);
    sources =
      built.sources ++ buildWheels ++ map fetchSource (view.testRequires ++ view.runRequires);
    tests.import = testWheel {
      inherit (gate) name;
      inherit testImports smokeTest;
      environment = mkEnvironment {
        name = "${name}-${version}";
        packages = [
          {
            inherit version;
            pname = name;
            wheels.main = gate;
          }
        ]
        ++ beside;
        entries = required;
        locked = [ ];
        advice = "what pkgs/ has goes into `run` of pkgs/${name}/recipe.toml; the rest is pinned by ./wasmwright lock ${name}, or named in `requires` there first";
      };
    };
  }
)
