"""Whether what a command printed is as docs/reference/json.md describes it."""

from __future__ import annotations

import json

from jsonschema import Draft202012Validator

from wasmwright.generate.documents import DOCUMENTS


def faults(command: str, document: object) -> list[str]:
    """Where a document differs from the description of a command's."""
    plain = json.loads(json.dumps(document))
    validator = Draft202012Validator(DOCUMENTS[command])
    return [f"{error.json_path}: {error.message}" for error in validator.iter_errors(plain)]
