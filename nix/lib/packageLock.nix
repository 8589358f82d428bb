let
  # Of a wheel of the index.
  project = entry: builtins.elemAt (builtins.match "pkg:pypi/([^@]+)@.*" entry.purl) 0;
  version = entry: builtins.elemAt (builtins.match "pkg:pypi/[^@]+@([^?]+).*" entry.purl) 0;
in
{
  /**
    Of entries of the index's wheels, one for each project: the newest.

    # Type
    `newest :: [Entry] -> [Entry]`
  */
  newest =
    entries:
    builtins.attrValues (
      builtins.foldl' (
        known: entry:
        let
          name = project entry;
        in
        if known ? ${name} && builtins.compareVersions (version known.${name}) (version entry) >= 0 then
          known
        else
          known // { ${name} = entry; }
      ) { } entries
    );

  /**
    What a package's lock says for one profile: its sources, with the place that each goes to, and the wheels of its build
    and tests. A library has no wheels, so it is not asked for a profile.

    # Inputs
    - `name`: of the package, for messages
    - `lock`: the lock, read
    - `profile`: the profile, or null for what knows none
    - `wheels`: version by name of the packages whose wheels the build uses
    - `file`, `relock`: for messages too, of a lock that is none of pkgs/

    # Type
    `view :: { name, lock, profile, wheels ? { }, file ? String, relock ? String } -> { sources, buildRequires, testRequires, runRequires }`

    # Example
    `(view { name = "x"; lock = builtins.fromJSON (builtins.readFile ./lock.json); profile = null; }).sources`
    is a list of `{ entry, into, unpack }`, the package's own source first

    What was locked for another interpreter, platform or version of a package is refused once it is asked for.
  */
  view =
    {
      name,
      lock,
      profile,
      wheels ? { },
      file ? "pkgs/${name}/lock.json",
      relock ? "run ./wasmwright lock ${name}",
    }:
    let
      entry =
        key: lock.sources.${key} or (throw "${file}: no source ${key}: ${relock}");
      answer =
        lock.profiles.${profile.name}
          or (throw "${file} has no answer for the profile ${profile.name}: ${relock}");
      # What the lock knows by the one name, the profile says by the other.
      moved =
        key: said:
        if answer.made_for.${key} or "" == profile.abi.${said} then
          [ ]
        else
          [
            "${said} ${answer.made_for.${key} or "unknown"}, and the profile ${profile.name} has ${profile.abi.${said}}"
          ];
      older =
        host:
        let
          then' = answer.made_for.wheels.${host} or null;
          now = wheels.${host} or null;
        in
        if then' == now then
          [ ]
        else
          [
            "${if then' == null then "no ${host}" else "${host} ${then'}"}, and ${
              if now == null then "the recipe does not name it" else "pkgs/${host} is ${now}"
            }"
          ];
      faults =
        builtins.concatMap older (builtins.attrNames (answer.made_for.wheels or { } // wheels))
        ++ moved "python" "python"
        ++ moved "python_full" "python-full"
        ++ moved "python_tag" "python-tag"
        ++ moved "platform" "platform";
      found =
        if faults == [ ] then
          answer
        else
          throw "${file} was made for ${builtins.head faults}: ${relock}";
      # A finished wheel may be another one for each profile.
      isFor = source: !(source ? profiles) || builtins.elem (profile.name or null) source.profiles;
      all = builtins.filter (source: source.role == "source") (builtins.attrValues lock.sources);
      fitting = builtins.filter isFor all;
      own =
        if fitting == [ ] && all != [ ] then
          throw "${file} has no source for the profile ${profile.name or "that is none"}: ${relock}"
        else
          fitting;
      place = source: {
        entry = source;
        into = source.into or "";
        unpack = source.unpack or true;
      };
      # The one without a place of its own is unpacked first.
      places = builtins.sort (one: other: one.into < other.into) (map place own);
    in
    if lock.version or 1 != 2 then
      throw "${file} is not a lock of version 2: ${relock}"
    else
      {
        sources = places;
        buildRequires = if profile == null then [ ] else map entry found.build_requires;
        testRequires = if profile == null then [ ] else map entry found.test_requires;
        runRequires = if profile == null then [ ] else map entry found.run_requires or [ ];
      };
}
