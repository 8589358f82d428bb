from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from wasmwright.errors import HashMismatch, MirrorUnreachable, PinUnavailable
from wasmwright.sources.apt import Apt
from wasmwright.sources.client import NotThere
from wasmwright.sources.kinds.table import kind_of
from wasmwright.sources.registries import Registries

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
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
    assert not registries.is_there(source)
    assert registries.content(source, urls) == b"right"
    assert registries.is_there(source)


def test_file_that_is_listed_and_that_nobody_has_is_told(
    registries: Registries, mirror: FakeMirror, make_deb: Callable[..., Source]
):
    told = r"the mirrors list tool 1:1\.0-1 \(tool_1\.0-1_all\.deb\), but do not have the file"
    with pytest.raises(PinUnavailable, match=told) as caught:
        registries.content(make_deb(), ["http://none.test/x"])
    assert "try again later" in str(caught.value.hint)

    def asks_a_registry() -> Iterator[str]:
        yield "http://none.test/x"
        raise NotThere("http://none.test/page")  # noqa: EM101

    with pytest.raises(PinUnavailable, match=told):
        registries.content(make_deb(), asks_a_registry())
    mirror.files["http://none.test/x"] = b"other"
    with pytest.raises(HashMismatch, match="where it is listed"):
        registries.content(make_deb(), ["http://none.test/x"])
    mirror.is_down = True
    with pytest.raises(MirrorUnreachable, match="no connection"):
        registries.content(make_deb(), ["http://none.test/x"])
