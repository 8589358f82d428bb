lib:
let
  good = lib.profile.load ./fixtures/profiles "good";
  fails = name: !(builtins.tryEval (builtins.deepSeq (lib.profile.load ./fixtures/profiles name) true)).success;
in
{
  load = {
    "roots hold their sources' entries" = {
      expr = map (entry: entry.sha256) good.roots.shell;
      expected = [ "aa" ];
    };
    "the ABI comes from the profile" = {
      expr = good.abi.python;
      expected = "3.15";
    };
    "a lock of another profile is refused" = {
      expr = fails "stale";
      expected = true;
    };
    "a missing lock is refused" = {
      expr = fails "unlocked";
      expected = true;
    };
  };
}
