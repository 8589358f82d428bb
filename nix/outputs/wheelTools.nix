{
  base,
  bashScript,
  buildEnvironment,
  buildPython,
  crossVariables,
  fetchSource,
  frontend,
  lib,
  node,
  packages,
  patchelf,
  profile,
  pyodide-runtime,
  python-target,
  roots,
  sandboxPython,
  startedRuntime,
  toolchain,
  toolRecords,
}:
# `build-wheel` and `test-wheel`: they make and test wheels of projects that no derivation knows, such as a container's user has.
# Their closure is all that they need; `wheel-tools/recipe.toml` says what build requirements are in it.
let
  inherit (lib.lists) unique;
  wanted = builtins.fromTOML (builtins.readFile ./wheel-tools/recipe.toml);
  # What projects compile against, and what tests import.
  hosts = map (name: packages.${name}) wanted.dependencies.host;
  view = lib.packageLock.view {
    inherit (wanted.package) name;
    inherit profile;
    lock = builtins.fromJSON (builtins.readFile ./wheel-tools/lock.json);
    wheels = builtins.listToAttrs (
      map (package: {
        name = package.pname;
        value = package.version;
      }) hosts
    );
    file = "wheel-tools/lock.json";
    relock = "run ./wasmwright lock --toolchain";
  };
  records = map (tool: toolRecords.${tool} { kind = "wheel"; }) wanted.build.tools;
  ofTools = key: builtins.concatMap (record: record.${key}) records;
  # A folder for each, so that a project sees those alone that it asks for.
  shelf = map (
    entry:
    buildEnvironment {
      name = builtins.head (builtins.match "([^-]+)-.*" entry.name);
      wheels = [ (fetchSource entry) ];
    }
  ) view.buildRequires;
  settings = {
    profile = profile.name;
    inherit (profile.abi) platform python;
    pythonFull = profile.abi.python-full;
    pythonTag = profile.abi.python-tag;
    node = "${node}/bin/node";
    runtime = pyodide-runtime;
    memory = startedRuntime;
    inherit (roots) shell;
    patchelf = "${patchelf}/bin/patchelf";
    libraries = roots.libc;
    buildShelf = shelf;
    headers = builtins.listToAttrs (
      map (package: {
        name = package.pname;
        value = package;
      }) hosts
    );
    # As nix/build/mkWasmDerivation.nix hands it to wasmwright.sandbox.
    attributes = {
      sources = [ ];
      folder = "";
      patches = [ ];
      inherit toolchain;
      variables = crossVariables {
        inherit toolchain;
        kind = "wheel";
      };
      python = {
        interpreter = buildPython;
        target = python-target;
        environments = [ frontend ] ++ ofTools "buildEnvironments";
      };
      path = unique (ofTools "path") ++ [
        roots.git
        roots.shell
      ];
      dependencies = [ ];
      needed = [ ];
      build = {
        system = "";
        cflags = [ ];
        cxxflags = [ ];
        ldflags = ofTools "ldflags";
        env = builtins.foldl' (all: record: all // record.env) { } records;
        settings = builtins.zipAttrsWith (_: builtins.zipAttrsWith (_: builtins.concatLists)) (
          map (record: record.settings) records
        );
      };
    };
  };
in
derivation (
  bashScript ./wheelTools.sh
  // {
    name = "wheel-tools-${profile.short}";
    settings = builtins.toJSON settings;
    passAsFile = [ "settings" ];
    part = sandboxPython.wheelTools;
    packaging = fetchSource base.wheels.packaging;
    # By the names that wheels have.
    targetWheels = map (entry: "${entry.name}=${fetchSource entry}") view.testRequires;
    targetFolders = unique (builtins.concatMap (package: [ package ] ++ package.beside) hosts);
    programs = [
      "cmake=${roots.cmake}/usr/bin/cmake"
      "ninja=${roots.buildtools}/usr/bin/ninja"
      # meson-python asks for it, and has no use for it here.
      "patchelf=${patchelf}/bin/patchelf"
    ];
    python = "${roots.python}/usr/bin/python3";
    buildPython = "${buildPython}/usr/bin/python3";
    bash = "${roots.shell}/usr/bin/bash";
    PATH = "${roots.shell}/usr/bin";
  }
)
// {
  sources = map fetchSource (view.buildRequires ++ view.testRequires);
}
