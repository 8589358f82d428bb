from __future__ import annotations

from typing import Any

import pytest
from documents import faults
from jsonschema import Draft202012Validator

from wasmwright.doctor import Examined
from wasmwright.generate.documents import DOCUMENTS, called, json_reference
from wasmwright.lock.availability import Pin, State
from wasmwright.nixoutcome import Fate
from wasmwright.sources.entry import Source


def finding(**others: object) -> dict[str, Any]:
    return {"name": "Nix", "ok": True, "detail": "2.26", "hint": None, **others}


def doctor(**others: object) -> dict[str, Any]:
    return {"version": 1, "ok": True, "findings": [finding(**others)]}


@pytest.mark.parametrize("command", DOCUMENTS)
def test_each_description_is_a_schema(command: str):
    Draft202012Validator.check_schema(DOCUMENTS[command])
    assert f"## `{called(command)} --json`" in json_reference()
    assert DOCUMENTS[command]["required"][0] == "version"


def test_a_document_as_described_has_no_faults():
    assert faults("doctor", doctor()) == []
    assert faults("doctor", doctor(hint="fetch")) == []


@pytest.mark.parametrize(
    ("document", "fault"),
    [
        (doctor(ok="yes"), "$.findings[0].ok"),
        (doctor(detail=None), "$.findings[0].detail"),
        (doctor(new=1), "'new' was unexpected"),
        ({"version": 1, "findings": []}, "'ok' is a required property"),
    ],
)
def test_a_document_that_differs_has(document: dict[str, Any], fault: str):
    assert fault in "\n".join(faults("doctor", document))


def test_every_fate_is_described():
    outcome = DOCUMENTS["build"]["properties"]["packages"]["items"]["properties"]["outcome"]
    assert outcome["enum"] == [str(fate) for fate in Fate]


def test_fields_below_fields_are_listed():
    page = json_reference()
    assert "| `packages[].error.hint` | text, or null | What to do next. |" in page
    assert "| `parts[].failures.*.line` | text |" in page
    assert "| `series.*.*.seconds` | number |" in page


def test_pins_and_findings_are_as_described():
    source = Source(purl="pkg:pypi/a@1", file="a.whl", name="a.whl", size=5, sha256="0" * 64)
    pins = [Pin(source=source, state=state, current=("2",)) for state in State]
    assert faults("lock --check", {"version": 1, "pins": [pin.to_json() for pin in pins]}) == []
    findings = [
        Examined(name="x", ok=ok, detail="y", hint=hint) for ok, hint in ((False, "z"), (True, None), (None, "z"))
    ]
    assert faults("doctor", {"version": 1, "ok": False, "findings": [one.to_json() for one in findings]}) == []
