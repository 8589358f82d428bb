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
/**
  `build-wheel` and `test-wheel`: they make and test wheels of projects that no derivation knows, such as a container's user has.
  Their closure is all that they need; `wheel-tools/recipe.toml` says what build requirements are in it.

  # Type
  `mkWheelTools :: { name, builds } -> Derivation`

  `builds`: whether `build-wheel` is there, with the compilers. The result's `contents` are the parts that images have a layer
  for, besides what the toolchain consists of.
*/
{ name, builds }:
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
  projectOf = entry: builtins.head (builtins.match "([^-]+)-.*" entry.name);
  # A folder for each, so that a project sees those alone that it asks for. What builds nothing asks an index, by pip.
  shelf = map (
    entry:
    buildEnvironment {
      name = projectOf entry;
      wheels = [ (fetchSource entry) ];
    }
  ) (builtins.filter (entry: builds || projectOf entry == "pip") view.buildRequires);
  # What tests import, as folders with wheels.
  hostFolders = unique (builtins.concatMap (package: [ package ] ++ package.beside) hosts);
  testWheels = map fetchSource view.testRequires;
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
  settings = {
    profile = profile.name;
    inherit (profile.abi) platform python;
    pythonFull = profile.abi.python-full;
    pythonTag = profile.abi.python-tag;
    node = "${node}/bin/node";
    runtime = pyodide-runtime;
    memory = if builds then startedRuntime else "";
    inherit (roots) shell;
    libraries = roots.libc;
    buildShelf = shelf;
    patchelf = if builds then "${patchelf}/bin/patchelf" else "";
    attributes = if builds then attributes else { python.interpreter = buildPython; };
    headers = if !builds then { } else builtins.listToAttrs (
      map (package: {
        name = package.pname;
        value = package;
      }) hosts
    );
  };
in
derivation (
  bashScript ./mkWheelTools.sh
  // {
    name = "${name}-${profile.short}";
    settings = builtins.toJSON settings;
    passAsFile = [ "settings" ];
    part = sandboxPython.wheelTools;
    wheels = [
      (fetchSource base.wheels.deflate)
      (fetchSource base.wheels.packaging)
    ];
    # By the names that wheels have.
    targetWheels = map (entry: "${entry.name}=${fetchSource entry}") view.testRequires;
    targetFolders = hostFolders;
    commands = if builds then "build-wheel test-wheel" else "test-wheel";
    programs = if !builds then "" else [
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
  contents =
    shelf
    ++ hostFolders
    # What a library's package leads to.
    ++ map (package: package.built) (builtins.filter (package: package.kind == "library") hostFolders)
    ++ testWheels
    ++ (
      if builds then
        [
          patchelf
          sandboxPython.startedRuntime
          startedRuntime
        ]
        ++ ofTools "files"
      else
        [ ]
    );
}
