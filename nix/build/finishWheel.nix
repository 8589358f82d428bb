{
  bashScript,
  gate,
}:
/**
  The gate: the wheel as its back end made it, retagged, split and packed reproducibly, connected with the wheels of the
  libraries that it loads, then audited. Nothing of it compiles, so a change here builds no package anew.

  # Inputs
  - `built`: the wheel before the gate
  - `libraries`: packages that the build linked and that leave no wheel; `shared`: those that do
  - `beside`: packages that have to be installed with it
  - `meta`: what package.json says to people

  # Type
  `finishWheel :: { name, version, built, testSplit, libraries, shared, beside, meta } -> Derivation`
*/
{
  name,
  version,
  built,
  testSplit,
  libraries,
  shared,
  beside,
  meta,
}:
derivation (
  bashScript ./finishWheel.sh
  // gate {
    inherit
      beside
      built
      meta
      name
      shared
      version
      ;
  }
  // {
    # Their own gates have to let them through.
    gates = libraries;
    libraries = map (package: package.built) libraries;
    split = testSplit;
  }
)
