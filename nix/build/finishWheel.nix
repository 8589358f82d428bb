{
  bashScript,
  gate,
}:
/**
  The gate: the wheel as its back end made it, retagged, split and packed reproducibly, connected with the wheels of the
  libraries that it loads, then audited. Nothing of it compiles, so a change here builds no package anew.

  # Inputs
  those of gate, whose `shared` are packages here, and
  - `libraries`: packages that the build linked and that leave no wheel
  - `testSplit`: globs of the files that go into the tests' own wheel

  # Type
  `finishWheel :: { name, version, built, testSplit, libraries, shared, beside, meta } -> Derivation`
*/
{ libraries, testSplit, ... }@arguments:
derivation (
  bashScript ./finishWheel.sh
  // gate (
    builtins.removeAttrs arguments [
      "libraries"
      "testSplit"
    ]
  )
  // {
    # Their own gates have to let them through.
    gates = libraries;
    libraries = builtins.concatMap (package: [ package.built ] ++ package.built.needed or [ ]) libraries;
    split = testSplit;
  }
)
