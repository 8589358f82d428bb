from __future__ import annotations

from typing import TYPE_CHECKING, cast

import pytest

from wasmwright.errors import HashMismatch, MirrorUnreachable, PinUnavailable
from wasmwright.lock.availability import Pin, check_listed, check_pins, raise_if_missing
from wasmwright.sources.client import NoAnswer, NotThere
from wasmwright.sources.entry import Source
from wasmwright.sources.kinds.kind import State, probe_addresses
from wasmwright.sources.locate import Locator

if TYPE_CHECKING:
    from wasmwright.sources.client import Client
    from wasmwright.sources.registries import Registries

SOURCE = Source(purl="pkg:pypi/a@1", file="a.whl", name="a.whl", size=5, sha256="0" * 64)


class FakeMirrors:
    """The locator, with the client's answers: sizes, or failures, in the order of the mirrors."""

    def __init__(self, *answers: int | Exception | None) -> None:
        self.answers = answers

    def probe(self, source: Source) -> State:
        urls = map(str, range(len(self.answers)))
        return probe_addresses(urls, cast("Client", self), size=source.size)

    def current(self, _source: Source) -> tuple[str, ...]:
        return ("2",)

    def size(self, url: str) -> int | None:
        answer = self.answers[int(url)]
        if isinstance(answer, Exception):
            raise answer
        return answer


def _check(*answers: int | Exception | None) -> Pin:
    fake = FakeMirrors(*answers)
    (pin,) = check_pins([SOURCE], locator=cast("Locator", fake))
    return pin


GONE, SILENT = NotThere("http://a.test"), NoAnswer("http://a.test", "timed out")


@pytest.mark.parametrize(
    ("answers", "state"),
    [
        ([5], State.THERE),
        ([None], State.THERE),
        ([GONE, 5], State.THERE),
        ([SILENT, 5], State.THERE),
        ([GONE], State.GONE),
        ([GONE, SILENT], State.UNKNOWN),
        ([6], State.CHANGED),
        ([], State.GONE),
    ],
)
def test_state_of_a_pin(answers: list[int | Exception | None], state: State):
    assert _check(*answers).state is state


def test_vanished_pin_has_the_current_versions():
    assert _check(GONE).current == ("2",)


class FakeRegistries:
    """Those of which one file is known to be there."""

    def __init__(self, *there: str) -> None:
        self.there = {*there}
        self.said: list[str] = []

    def is_there(self, source: Source) -> bool:
        return source.name in self.there

    def note_there(self, source: Source) -> None:
        self.there.add(source.name)

    def step(self, text: str) -> None:
        self.said.append(text)


def _check_listed(state: State, monkeypatch: pytest.MonkeyPatch, *there: str) -> FakeRegistries:
    fake = FakeRegistries(*there)
    monkeypatch.setattr(Locator, "probe", lambda *_: state)
    monkeypatch.setattr(Locator, "current", lambda *_: ())
    check_listed([SOURCE], cast("Registries", fake))
    return fake


def test_what_is_listed_and_absent_is_not_pinned(monkeypatch: pytest.MonkeyPatch):
    with pytest.raises(PinUnavailable, match=r"the mirrors list a 1 \(a\.whl\), but do not have the file"):
        _check_listed(State.GONE, monkeypatch)
    with pytest.raises(HashMismatch, match=r"of another size than they list: a\.whl"):
        _check_listed(State.CHANGED, monkeypatch)


def test_what_was_seen_is_not_asked_for(monkeypatch: pytest.MonkeyPatch):
    assert _check_listed(State.GONE, monkeypatch, "a.whl").said == []
    assert _check_listed(State.THERE, monkeypatch).there == {"a.whl"}
    assert _check_listed(State.UNKNOWN, monkeypatch).there == set()


def test_vanished_pins_are_an_error_with_the_relock():
    pins = [Pin(source=SOURCE, state=State.GONE), Pin(source=SOURCE, state=State.UNKNOWN)]
    with pytest.raises(PinUnavailable, match="1 of 2") as caught:
        raise_if_missing(pins, relock="./wasmwright lock x")
    assert "./wasmwright lock x" in str(caught.value.hint)


def test_silent_mirrors_are_an_error_of_their_own():
    with pytest.raises(MirrorUnreachable, match="1 of 1"):
        raise_if_missing([Pin(source=SOURCE, state=State.UNKNOWN)], relock="x")


def test_nothing_missing_is_no_error():
    raise_if_missing([Pin(source=SOURCE, state=State.THERE)], relock="x")
