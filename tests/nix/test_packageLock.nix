lib:
let
  lock = {
    version = 2;
    sources = {
      "aaa.tar.gz" = {
        role = "source";
        name = "aaa.tar.gz";
        into = "vendored/aaa";
        unpack = false;
      };
      "x-1.tar.gz" = {
        role = "source";
        name = "x-1.tar.gz";
      };
      "w.whl" = {
        role = "wheel";
        name = "w.whl";
      };
    };
    profiles.good = {
      build_requires = [ "w.whl" ];
      test_requires = [ ];
    };
  };
  view =
    arguments:
    lib.packageLock.view (
      {
        name = "x";
        inherit lock;
        profile = "good";
      }
      // arguments
    );
  fails = arguments: !(builtins.tryEval (builtins.deepSeq (view arguments) true)).success;
in
{
  view = {
    "the package's own source comes first, the others have their places" = {
      expr = map (place: [
        place.entry.name
        place.into
        place.unpack
      ]) (view { }).sources;
      expected = [
        [
          "x-1.tar.gz"
          ""
          true
        ]
        [
          "aaa.tar.gz"
          "vendored/aaa"
          false
        ]
      ];
    };
    "a profile names its wheels" = {
      expr = map (entry: entry.name) (view { }).buildRequires;
      expected = [ "w.whl" ];
    };
    "what knows no profile has no wheels" = {
      expr = (view { profile = null; }).buildRequires;
      expected = [ ];
    };
    "a lock without an answer for the profile is refused" = {
      expr = fails { profile = "other"; };
      expected = true;
    };
    "a lock of another version is refused" = {
      expr = fails { lock = removeAttrs lock [ "version" ]; };
      expected = true;
    };
  };
}
