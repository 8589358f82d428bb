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
      made_for = {
        python = "3.14";
        python_full = "3.14.2";
        python_tag = "cp314";
        platform = "good_wasm32";
        wheels.numpy = "2.5.5";
      };
      build_requires = [ "w.whl" ];
      test_requires = [ ];
    };
  };
  good = {
    name = "good";
    abi = {
      python = "3.14";
      python-full = "3.14.2";
      python-tag = "cp314";
      platform = "good_wasm32";
    };
  };
  view =
    arguments:
    lib.packageLock.view (
      {
        name = "x";
        inherit lock;
        profile = good;
        wheels.numpy = "2.5.5";
      }
      // arguments
    );
  asked = value: (builtins.tryEval (builtins.deepSeq value true)).success;
  fails = arguments: !(asked (view arguments));
  moved = change: {
    profile = good // {
      abi = good.abi // change;
    };
  };
  wheel = name: version: { purl = "pkg:pypi/${name}@${version}?file_name=x.whl"; };
in
{
  newest."one of each project stays" = {
    expr = map (entry: entry.purl) (
      lib.packageLock.newest [
        (wheel "attrs" "25.1")
        (wheel "attrs" "26.1.0")
        (wheel "attrs" "9.9")
        (wheel "idna" "3.20")
      ]
    );
    expected = map (entry: entry.purl) [
      (wheel "attrs" "26.1.0")
      (wheel "idna" "3.20")
    ];
  };
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
    "a profile may have a finished wheel of its own" =
      let
        finished = lock // {
          sources = {
            "x-1-cp314.whl" = {
              role = "source";
              name = "x-1-cp314.whl";
              profiles = [ "good" ];
            };
            "x-1-cp315.whl" = {
              role = "source";
              name = "x-1-cp315.whl";
              profiles = [ "other" ];
            };
            "w.whl" = lock.sources."w.whl";
          };
        };
        names = arguments: map (place: place.entry.name) (view ({ lock = finished; } // arguments)).sources;
      in
      {
        expr = [
          (names { })
          (names {
            profile = good // {
              name = "other";
            };
          })
          (asked (names {
            profile = good // {
              name = "third";
            };
          }))
        ];
        expected = [
          [ "x-1-cp314.whl" ]
          [ "x-1-cp315.whl" ]
          false
        ];
      };
    "a profile names its wheels" = {
      expr = map (entry: entry.name) (view { }).buildRequires;
      expected = [ "w.whl" ];
    };
    "what it needs to run is named where there is something" = {
      expr = [
        (view { }).runRequires
        (map (entry: entry.name)
          (view {
            lock = lock // {
              profiles.good = lock.profiles.good // {
                run_requires = [ "w.whl" ];
              };
            };
          }).runRequires
        )
      ];
      expected = [
        [ ]
        [ "w.whl" ]
      ];
    };
    "what knows no profile has no wheels" = {
      expr = (view { profile = null; }).buildRequires;
      expected = [ ];
    };
    "a lock without an answer for the profile is refused" = {
      expr = fails {
        profile = good // {
          name = "other";
        };
      };
      expected = true;
    };
    "a lock for another version of a package is refused" = {
      expr = fails { wheels.numpy = "2.6.0"; };
      expected = true;
    };
    "a lock for a package that the build no longer uses is refused" = {
      expr = fails { wheels = { }; };
      expected = true;
    };
    "a lock without a package that the build uses is refused" = {
      expr = fails {
        wheels = {
          numpy = "2.5.5";
          scipy = "1.0";
        };
      };
      expected = true;
    };
    "a lock for another interpreter or platform is refused" = {
      expr = map (change: fails (moved change)) [
        { python = "3.15"; }
        { python-full = "3.14.3"; }
        { python-tag = "cp315"; }
        { platform = "other_wasm32"; }
      ];
      expected = [
        true
        true
        true
        true
      ];
    };
    "a lock that does not say what it was made for is refused" = {
      expr = fails {
        lock = lock // {
          profiles.good = removeAttrs lock.profiles.good [ "made_for" ];
        };
      };
      expected = true;
    };
    "the sources of a stale lock are known, its wheels are not" = {
      expr =
        let
          stale = view { wheels.numpy = "2.6.0"; };
        in
        [
          (asked stale.sources)
          (asked stale.buildRequires)
          (asked stale.testRequires)
        ];
      expected = [
        true
        false
        false
      ];
    };
    "a lock of another version is refused" = {
      expr = fails { lock = removeAttrs lock [ "version" ]; };
      expected = true;
    };
  };
}
