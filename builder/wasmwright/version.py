"""The version of wasmwright, as pyproject.toml has it. Nothing that runs inside derivations asks for it."""

VERSION = "0.1.0"
