{
  bashScript,
  gate,
  profile,
}:
/**
  The gate for libraries: the library again, beside the audit's report, if the audit finds nothing; and a wheel of the
  side modules `shared`, if there are any. The library is shared between profiles: it may not call what this one has with
  other types.

  # Inputs
  those of gate, and
  - `linked`: what it was built with, before their gates: its `.pc` and CMake files may name their libraries

  # Type
  `auditLibrary :: { name, version, built, shared, beside, meta, linked } -> Derivation`
*/
{ linked, ... }@arguments:
derivation (
  bashScript ./auditLibrary.sh
  // gate (builtins.removeAttrs arguments [ "linked" ])
  // {
    inherit linked;
    inherit (profile.abi) differing;
  }
)
