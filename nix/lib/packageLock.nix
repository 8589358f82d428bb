{
  /**
    What a package's lock says for one profile: its sources, with the place that each goes to, and the wheels of its build
    and tests. A library has no wheels, so it is not asked for a profile.

    # Inputs
    - `name`: of the package, for messages
    - `lock`: the lock, read
    - `profile`: the profile's name, or null for what knows none

    # Type
    `view :: { name, lock, profile } -> { sources, buildRequires, testRequires }`

    # Example
    `(view { name = "x"; lock = builtins.fromJSON (builtins.readFile ./lock.json); profile = "pyemscripten_2026_0"; }).sources`
    is a list of `{ entry, into, unpack }`, the package's own source first
  */
  view =
    {
      name,
      lock,
      profile,
    }:
    let
      relock = "run ./wasmwright lock ${name}";
      entry =
        key: lock.sources.${key} or (throw "pkgs/${name}/lock.json: no source ${key}: ${relock}");
      found =
        lock.profiles.${profile}
          or (throw "pkgs/${name}/lock.json has no answer for the profile ${profile}: ${relock}");
      own = builtins.filter (source: source.role == "source") (builtins.attrValues lock.sources);
      place = source: {
        entry = source;
        into = source.into or "";
        unpack = source.unpack or true;
      };
      # The one without a place of its own is unpacked first.
      places = builtins.sort (one: other: one.into < other.into) (map place own);
    in
    if lock.version or 1 != 2 then
      throw "pkgs/${name}/lock.json is not a lock of version 2: ${relock}"
    else
      {
        sources = places;
        buildRequires = if profile == null then [ ] else map entry found.build_requires;
        testRequires = if profile == null then [ ] else map entry found.test_requires;
      };
}
