{
  bashScript,
  fetchSource,
  profile,
  roots,
}:
/**
  A wheel that needs no build: pure, or made for this ABI by its own authors. It goes through the gate as ours do.

  # Inputs
  - `entry`: the wheel in a lock

  # Type
  `prebuiltWheel :: { name, version, entry } -> Derivation`
*/
{
  name,
  version,
  entry,
}:
let
  wheel = fetchSource entry;
in
derivation (
  bashScript ./prebuiltWheel.sh
  // {
    inherit wheel;
    name = "${name}-${version}-wheel-${profile.short}";
    inherit (entry) file;
    PATH = "${roots.shell}/usr/bin";
  }
)
// {
  sources = [ wheel ];
  keep = wheel;
}
