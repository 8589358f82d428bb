{ }:
# The parts of the Python package that run inside derivations, cut so that a change to the audit or to the command line
# compiles nothing anew.
let
  # What starts other programs, and what reads the words of compilers' command lines.
  spawn = "spawn[.]py";
  words = "words[.]py";
  # How much is read of what others wrote, and of archives, TOML and JSON among it.
  limits = "limits[.]py";
  zips = "zips[.]py";
  # Runs Python in the stock runtime.
  runtime = "runtime(/(__init__|__main__|errors|imports|node)[.]py|/[^/]*[.]mjs)?";
  # What may stand on a terminal.
  plaintext = "plaintext[.]py";
  unpacking = "(reading|tars|unpacking|zips)[.]py";
  builds = [
    limits
    "sandbox"
    spawn
    unpacking
  ];
  part = name: folders: select name (map (folder: "${folder}(/.*)?") folders);
  # `patterns` are of paths below wasmwright/.
  select =
    name: patterns:
    builtins.path {
      name = "wasmwright-${name}";
      path = ../../builder;
      filter =
        path: type:
        let
          relative = builtins.substring (builtins.stringLength (toString ../../builder) + 1) (-1) path;
          inside = builtins.any (pattern: builtins.match "wasmwright/${pattern}" relative != null) patterns;
          kept = builtins.elem relative [
            "wasmwright"
            "wasmwright/__init__.py"
            "wasmwright/failure.py"
          ];
        in
        (kept || inside)
        && builtins.baseNameOf path != "__pycache__"
        # Schemas lie beside what they describe, and are for tests.
        && builtins.match ".*[.]json" path == null;
    };
  # One program of assemble/, so that a change to one does not touch what another makes.
  assemble =
    module: needed:
    select "assemble-${module}" [
      "assemble(/(__init__|${builtins.concatStringsSep "|" ([ module ] ++ needed)})[.]py)?"
      spawn
    ];
  # One program of outputs/ with the modules beside it that it needs, and what it needs of others, so that a change to one
  # does not touch what another makes. All read wheels, and environments.
  output =
    module: needed: others:
    select "outputs-${module}" (
      [
        "outputs(/(__init__|documents|errors|manifest|wheels|${builtins.concatStringsSep "|" ([ module ] ++ needed)})[.]py)?"
        "targetmarkers[.]py"
        limits
        zips
      ]
      ++ readsWheels
      ++ others
    );
  oci =
    module: needed:
    select "oci-${module}" [
      "oci(/(__init__|errors|layers|${builtins.concatStringsSep "|" ([ module ] ++ needed)})[.]py)?"
      "wheel(/(__init__|entry)[.]py)?"
      plaintext
    ];
  readsWheels = [ "wheel(/(__init__|errors|entry|inspect|tags|versions)[.]py)?" plaintext ];
in
{
  # What stands before the compilers.
  wrapper = part "wrapper" [
    words
    "wrapper"
  ];
  # The Fortran compiler, and what makes flang's modules fit the target.
  fortran = part "fortran" [
    "fortran"
    spawn
    words
  ];
  fortranModules = select "fortran-modules" [ "fortran(/(__init__|errors|modules)[.]py)?" ];
  # What unpacks and builds; of libraries, with what lets them lie anywhere.
  build = part "build" builds;
  buildLibrary = part "build-library" (builds ++ [ "relocatable[.]py" ]);
  # What compiles the Fortran runtime.
  fortranRuntime = part "fortran-runtime" [
    "fortranruntime"
    spawn
  ];
  # What compares it with the compiler.
  fortranAbi = part "fortran-abi" [
    "fortranabi"
    "fortranruntime"
    limits
    spawn
    "wasm"
  ];
  # What looks at the result.
  finish = part "finish" [
    "audit"
    limits
    plaintext
    "wasm"
    "wheel"
    zips
  ];
  # What runs it. Suites of packages are run by the command line.
  runtime = select "runtime" [
    runtime
    spawn
  ];
  # What runs small Fortran programs.
  conformance = part "conformance" [
    "conformance"
    spawn
  ];
  # What compares compilers by them.
  comparison = part "comparison" [ "comparison" ];
  # What puts the toolchain together.
  assembleToolchain = assemble "toolchain" [
    "compilers"
    "lacking"
    "launcher"
  ];
  assembleFortran = assemble "fortran" [
    "compilers"
    "launcher"
  ];
  assembleFlangSource = assemble "flangsource" [ ];
  assemblePythonTarget = assemble "pythontarget" [ "targetmodules" ];
  assembleBuildEnvironment = assemble "buildenvironment" [ ];
  # What starts the runtime for them to begin with.
  startedRuntime = select "started-runtime" [
    "runtime(/[^/]*[.]mjs)?"
    "wheeltools(/[^/]*[.]mjs)?"
  ];
  # `build-wheel` and `test-wheel`, which do outside of derivations what these do inside.
  wheelTools = select "wheel-tools" [
    "(audit|sandbox|wasm|wheel|wheeltools)(/.*)?"
    "assemble(/(__init__|buildenvironment)[.]py)?"
    "buildcause[.]py"
    "container(/(__init__|asowner)[.]py)?"
    limits
    "lock(/target_pip[.]py)?"
    plaintext
    runtime
    spawn
    "targetmarkers[.]py"
    unpacking
  ];
  # What makes outputs of environments: a part for each, with what it needs.
  outputs = {
    attest = output "attest" [
      "billofmaterials"
      "derivations"
      "origins"
      "provenance"
    ] [ ];
    attested = output "attested" [ ] [ ];
    conda = output "conda" [
      "conda[a-z]*"
      "zstandard"
    ] [ ];
    environment = output "environment" [ ] [ ];
    dist = output "dist" [
      "environment"
      "distindex"
      "distlock"
      "distpage"
      "pylock"
    ] [ spawn ];
  };
  # What makes layers of images, and images of layers: a change to these compresses nothing anew.
  ociLayer = oci "layer" [ "archive" "blobs" ];
  ociLayout = oci "layout" [ "documents" ];
  # What tells Nix of the store of an image.
  ociDatabase = select "oci-database" [
    "oci(/(__init__|database|errors|layers)[.]py)?"
    "wheel(/(__init__|entry)[.]py)?"
    plaintext
    spawn
  ];
  # What images run themselves.
  container = part "container" [ "container" ];
  # What serves folders in images, with the pinned wheel of waitress.
  serving = part "serving" [
    plaintext
    "serving"
  ];
  # What reads the outputs of BLAS's and LAPACK's test programs.
  netlib = part "netlib" [ "netlib" ];

  # For `python -c`: runs a module of such a part, named by the first two arguments, and nothing of the machine's own.
  runner = "import runpy, sys; sys.path.insert(0, sys.argv.pop(1)); runpy.run_module(sys.argv.pop(1), run_name='__main__', alter_sys=True)";
  # The same, with the wheels that the variable `path` names on Python's.
  runnerWithWheels = "import os, runpy, sys; sys.path[:0] = [sys.argv.pop(1), *os.environ['path'].split()]; runpy.run_module(sys.argv.pop(1), run_name='__main__', alter_sys=True)";
}
