lib:
let
  toolchain = ./fixtures/toolchain;
  profiles = ./fixtures/toolchain/profiles;
  base = lib.pins.base toolchain;
  good = lib.pins.profile profiles "good";
  fails = name: !(builtins.tryEval (builtins.deepSeq (lib.pins.profile profiles name) true)).success;
in
{
  base = {
    "roots hold their sources' entries" = {
      expr = map (entry: entry.sha256) base.roots.shell;
      expected = [ "aa" ];
    };
    "what serves checks is no root of builds" = {
      expr = base.buildRoots;
      expected = [ "shell" ];
    };
    "nor is what serves outputs a wheel of builds" = {
      expr = base.buildWheels;
      expected = [ "build" ];
    };
    "tools and versions come from the file, the first shell from the lock" = {
      expr = [
        base.tools.ninja.roots
        base.compiler.emscripten
        base.busybox.name
      ];
      expected = [
        [ "shell" ]
        "6.0.5"
        "busybox"
      ];
    };
  };
  profile = {
    "the ABI comes from the profile" = {
      expr = good.abi.python;
      expected = "3.15";
    };
    "lists that a profile leaves out are empty" = {
      expr = [
        good.abi.lacking
        good.abi.differing
      ];
      expected = [
        [ "pause" ]
        [ ]
      ];
    };
    "headers of its own are found by their folder" = {
      expr = [
        (good.include != null)
        (lib.pins.profile profiles "pyemscripten_1_0").include
      ];
      expected = [
        true
        null
      ];
    };
    "it has a short name" = {
      expr = (lib.pins.profile profiles "pyemscripten_1_0").short;
      expected = "1_0";
    };
    "a lock of another profile is refused" = {
      expr = fails "stale";
      expected = true;
    };
    "a missing lock is refused" = {
      expr = fails "unlocked";
      expected = true;
    };
    "an unknown profile is refused" = {
      expr = fails "nowhere";
      expected = true;
    };
  };
  profileNames = {
    "every file of the folder is one" = {
      expr = lib.pins.profileNames profiles;
      expected = [
        "good"
        "pyemscripten_1_0"
        "stale"
        "unlocked"
      ];
    };
  };
  defaultProfile = {
    "is the one line of a file" = {
      expr = lib.pins.defaultProfile toolchain;
      expected = "good";
    };
  };
}
