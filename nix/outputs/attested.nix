{ attestations, runOutput }:
/**
  An output with its own attestations in it, at the top.

  # Type
  `attested :: Output -> Output`
*/
output:
let
  documents = attestations output;
in
derivation (
  runOutput { module = "attested"; }
  // {
    inherit output;
    name = "${output.name}-attested";
    attestations = documents;
  }
)
// {
  attestations = documents;
  inherit (output)
    carries
    environment
    kind
    packages
    profile
    sources
    ;
}
