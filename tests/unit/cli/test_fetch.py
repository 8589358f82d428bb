from __future__ import annotations

from dataclasses import replace
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

import pytest
from recipe_writer import written

from wasmwright.checkout import Checkout
from wasmwright.cli import fetch, main, session
from wasmwright.paths import project_root
from wasmwright.sources.fetch import Fetched

if TYPE_CHECKING:
    from pathlib import Path

PROFILES = ("pyemscripten_2026_0", "pyemscripten_2026_5")


@pytest.fixture
def roots(monkeypatch: pytest.MonkeyPatch) -> dict[str, tuple[str, ...]]:
    """The GC roots that are added, by where they lie, in a checkout of two profiles."""
    added: dict[str, tuple[str, ...]] = {}

    def add_roots(paths: tuple[str, ...], folder: Path) -> None:
        added[str(folder.relative_to(project_root() / ".wasmwright"))] = paths

    def some(checkout: Checkout, names: tuple[str, ...], **_: object) -> Fetched:
        return Fetched(paths=(checkout.profile, *names), added=1)

    monkeypatch.delenv("WASMWRIGHT_PROFILE", raising=False)
    monkeypatch.setattr(session, "default_profile", lambda _: PROFILES[0])
    monkeypatch.setattr(session, "find_profile", lambda _, text: f"pyemscripten_{text}")
    monkeypatch.setattr(fetch, "open_nix", lambda _: SimpleNamespace(add_roots=add_roots))

    def everything(checkout: Checkout, *, names: list[str] | None, **_: object) -> Fetched:
        return some(checkout, ("everything",) if names is None else ("everything of", *names))

    monkeypatch.setattr(fetch, "fetch_all_sources", everything)
    chosen = {
        name: replace(written(name), sets=sets) for name, sets in {"a": ("x",), "numpy": (), "c": ("x", "y")}.items()
    }
    monkeypatch.setattr(Checkout, "recipes", property(lambda _: chosen))
    monkeypatch.setattr(fetch, "fetch_sources", some)
    return added


@pytest.mark.parametrize(
    ("arguments", "expected"),
    [
        ([], {"roots/fetched": (PROFILES[0], "everything")}),
        (["--set", "x"], {"roots/fetched-x": (PROFILES[0], "everything of", "a", "c")}),
        (["numpy"], {f"{PROFILES[0]}/roots/fetched/numpy": (PROFILES[0], "numpy")}),
        (["numpy", "--profile", "2026_5"], {f"{PROFILES[1]}/roots/fetched/numpy": (PROFILES[1], "numpy")}),
        (["--toolchain"], {f"{PROFILES[0]}/roots/fetched/toolchain": (PROFILES[0],)}),
    ],
)
def test_everything_is_fetched_unless_some_is_named(
    roots: dict[str, tuple[str, ...]], arguments: list[str], expected: dict[str, tuple[str, ...]]
):
    with pytest.raises(SystemExit) as caught:
        main(["fetch", *arguments])
    assert caught.value.code == 0
    assert roots == expected


@pytest.mark.parametrize("why", [{"disabled": "broken"}, {"profiles": ("x",), "profiles_reason": "broken"}])
def test_package_that_is_not_offered_is_refused(
    roots: dict[str, tuple[str, ...]],
    why: dict[str, Any],
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
):
    recipes = {"numpy": replace(written("numpy"), **why)}
    monkeypatch.setattr(Checkout, "recipes", property(lambda _: recipes))
    with pytest.raises(SystemExit) as caught:
        main(["fetch", "numpy"])
    assert caught.value.code == 9
    assert "broken" in capsys.readouterr().err
    assert roots == {}


def test_one_profile_is_no_reason_to_leave_out_the_others(
    roots: dict[str, tuple[str, ...]], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
):
    with pytest.raises(SystemExit) as caught:
        main(["fetch", "--profile", "2026_5"])
    assert caught.value.code == 2
    assert "goes with package names or --toolchain" in capsys.readouterr().err
    monkeypatch.setenv("WASMWRIGHT_PROFILE", "2026_5")
    with pytest.raises(SystemExit) as caught:
        main(["fetch"])
    assert caught.value.code == 0
    assert set(roots) == {"roots/fetched"}
