{
  bashScript,
  node,
  roots,
  simd,
}:
# What runs wheels in tests: Node, in `withoutSimd` as on a machine whose processor has no vectors that its V8 can use. It
# refuses a module with an instruction of 128-bit vectors.
if simd then
  node
else
  derivation (
    bashScript ./engine.sh
    // {
      name = "node-no-simd";
      PATH = "${roots.shell}/usr/bin";
      shell = "${roots.shell}/usr/bin/bash";
      inherit node;
    }
  )
