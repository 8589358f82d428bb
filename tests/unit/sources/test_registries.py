from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from wasmwright.errors import MirrorUnreachable, PinUnavailable
from wasmwright.sources.apt import Apt
from wasmwright.sources.kinds.table import kind_of
from wasmwright.sources.registries import Registries

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from wasmwright.sources.client import Client
    from wasmwright.sources.entry import Source
    from wasmwright.sources.mirrors import Mirrors

    from .conftest import FakeMirror


@pytest.fixture
def registries(client: Client, mirrors: Mirrors, tmp_path: Path) -> Registries:
    return Registries(client=client, mirrors=mirrors, cache=tmp_path)


def test_lists_of_a_suite_are_fetched_once(registries: Registries, monkeypatch: pytest.MonkeyPatch):
    asked: list[str] = []
    monkeypatch.setattr(Apt, "update", lambda apt, _mirrors: asked.append(apt.suite))
    assert registries.apt("sid") is registries.apt("sid")
    registries.apt("trixie")
    assert asked == ["sid", "trixie"]


def test_suite_that_nobody_gives_is_asked_for_once(registries: Registries, monkeypatch: pytest.MonkeyPatch):
    asked: list[str] = []

    def refuse(apt: Apt, _mirrors: object) -> None:
        asked.append(apt.suite)
        message = "no Debian mirror gives the lists"
        raise MirrorUnreachable(message)

    monkeypatch.setattr(Apt, "update", refuse)
    for _ in range(2):
        with pytest.raises(MirrorUnreachable, match="gives the lists"):
            registries.apt("sid")
    assert asked == ["sid"]


def test_file_that_is_another_one_at_one_mirror_is_taken_from_the_next(
    registries: Registries, mirror: FakeMirror, make_deb: Callable[..., Source]
):
    source = make_deb(content=b"right")
    mirror.files["http://old.test/x"] = b"wrong"
    urls = ["http://none.test/x", "http://old.test/x", *kind_of(source).urls(source, registries)]
    assert registries.content(source, urls) == b"right"
    asked = len(mirror.asked)
    assert registries.content(source, urls) == b"right"
    assert len(mirror.asked) == asked


def test_file_that_nobody_has_is_told(registries: Registries, make_deb: Callable[..., Source]):
    with pytest.raises(PinUnavailable, match="no registry has"):
        registries.content(make_deb(), ["http://none.test/x"])
