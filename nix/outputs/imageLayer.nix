{
  runPart,
  sandboxPython,
  system,
}:
/**
  One layer of an image, compressed: by itself, so that only what has changed is compressed again.

  # Inputs
  - `name`: what the image's history calls it
  - `trees`: `{ source, at, omit, rest ? false }`: a path of the store, where it is in the image, and shell patterns of what is
    left out; with `rest`, it is that alone
  - `entries`: `{ path, kind, text, mode, owner }`: folders, links and files that are written for the image

  # Type
  `imageLayer :: { name, trees ? [ ], entries ? [ ] } -> Derivation`
*/
{
  name,
  trees ? [ ],
  entries ? [ ],
}:
derivation (
  runPart sandboxPython.ociLayer "wasmwright.oci.layer"
  // {
    inherit entries system trees;
    __structuredAttrs = true;
    name = "layer-${name}";
    layerName = name;
    # A fifth smaller than gzip, and made in a third of the time.
    compression = "zstd";
  }
)
