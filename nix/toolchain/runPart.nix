{ sandboxPython, toolPython }:
/**
  How a derivation starts a program of ours: `derivation (runPart sandboxPython.build "wasmwright.sandbox.wheel" // { ... })`.

  # Inputs
  the part of the package that it stands in, and the module

  # Type
  `runPart :: Path -> String -> { builder, args }`
*/
part: module:
toolPython [
  "-c"
  sandboxPython.runner
  part
  module
]
