"""Wheels that were made to break what reads them: each is refused with its reason, and nothing else happens."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from hostile_wheels import HOSTILE, NAME, wheel
from wheel_writer import PLATFORM

from wasmwright.audit.render import as_text
from wasmwright.audit.runtime import load_runtime
from wasmwright.audit.wheel import audit_wheel
from wasmwright.failure import WasmwrightError
from wasmwright.wheel.repack import repack

if TYPE_CHECKING:
    from pathlib import Path

    from wasmwright.audit.runtime import RuntimeSymbols


@pytest.fixture
def symbols(runtime: Path) -> RuntimeSymbols:
    return load_runtime(runtime)


def said(path: Path, symbols: RuntimeSymbols) -> str:
    """What an audit says, with each finding; empty when all is well."""
    try:
        report = audit_wheel(path, runtime=symbols)
    except WasmwrightError as error:
        return str(error)
    as_text(report)
    return "\n".join(f"{finding.code.id} {finding.member} {finding.message}" for finding in report.findings)


def test_a_wheel_of_the_corpus_is_good_but_for_its_fault(tmp_path: Path, symbols: RuntimeSymbols):
    (tmp_path / NAME).write_bytes(wheel())
    assert said(tmp_path / NAME, symbols) == ""


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_wheels_are_told(tmp_path: Path, symbols: RuntimeSymbols, name: str):
    hostile = HOSTILE[name]
    (tmp_path / NAME).write_bytes(hostile.make())
    told = said(tmp_path / NAME, symbols)
    assert bool(told) is bool(hostile.told), told
    assert re.search(hostile.told, told), told


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_wheels_are_repacked_or_refused(tmp_path: Path, name: str):
    (tmp_path / NAME).write_bytes(HOSTILE[name].make())
    try:
        done = repack(tmp_path / NAME, platform_tag=PLATFORM, globs=["**/tests/**"], epoch=0, out=tmp_path / "out")
    except WasmwrightError:
        return
    assert done.main.is_file()
