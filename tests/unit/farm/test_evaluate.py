from __future__ import annotations

import re
from dataclasses import dataclass, field

import pytest

from wasmwright.errors import EvaluationFailed, NixFailed
from wasmwright.farm.evaluate import derivations
from wasmwright.generate.queries import derivations_query
from wasmwright.nixoutcome import Derivation

PATHS = ["a-wasm", "b-wasm.tests.import", "c-wasm", "d-wasm", "e-wasm"]


@dataclass(kw_only=True)
class FakeNix:
    """Throws where Nix can isolate it, aborts where it cannot."""

    throws: tuple[str, ...] = ()
    aborts: tuple[str, ...] = ()
    broken: bool = False
    asked: list[list[str]] = field(default_factory=list)

    def eval_json(self, *installable: str, apply: str | None = None) -> object:
        assert installable == (".#p",)
        assert apply is not None
        paths = re.findall(r'^  "([^"]+)" = ', apply, re.MULTILINE)
        self.asked.append(paths)
        is_isolated = "tryEval" in apply
        ends = {*paths} & ({*self.aborts} if is_isolated else {*self.aborts, *self.throws})
        if ends or self.broken:
            raise EvaluationFailed(f"the error of {', '.join(ends)}")  # noqa: EM102, TRY003
        return {path: self.answer(path, is_isolated=is_isolated) for path in paths}

    def answer(self, path: str, *, is_isolated: bool) -> object:
        if path in self.throws:
            return {"success": False, "value": False}
        value = {"drv": f"/{path}.drv", "outputs": {"out": f"/{path}"}}
        return {"success": True, "value": value} if is_isolated else value


def found(nix: FakeNix) -> dict[str, str]:
    answers = derivations(PATHS, of=[".#p"], nix=nix)
    return {path: one.drv_path if isinstance(one, Derivation) else str(one) for path, one in answers.items()}


def test_all_are_evaluated_at_once():
    nix = FakeNix()
    assert found(nix) == {path: f"/{path}.drv" for path in PATHS}
    assert nix.asked == [PATHS]


def test_one_that_throws_is_asked_again_for_its_message():
    nix = FakeNix(throws=("c-wasm",))
    assert found(nix) == {path: f"/{path}.drv" for path in PATHS} | {"c-wasm": "the error of c-wasm"}
    assert nix.asked == [PATHS, ["c-wasm"]]


def test_errors_that_nix_cannot_isolate_do_not_hide_the_others():
    nix = FakeNix(aborts=("a-wasm", "d-wasm"), throws=("e-wasm",))
    errors = {path: f"the error of {path}" for path in ("a-wasm", "d-wasm", "e-wasm")}
    assert found(nix) == {path: f"/{path}.drv" for path in PATHS} | errors


def test_a_flake_that_cannot_be_evaluated_at_all_is_told_once():
    nix = FakeNix(broken=True)
    with pytest.raises(EvaluationFailed):
        found(nix)
    assert nix.asked == [PATHS, []]


def test_any_number_of_packages_is_asked_for_in_arguments_that_the_system_takes():
    attributes = [f"{'x' * 124}{number:04}-wasm.tests.import" for number in range(1000)]
    nix = FakeNix()
    assert list(derivations(attributes, of=[".#p"], nix=nix)) == attributes
    assert [path for paths in nix.asked for path in paths] == attributes
    assert all(len(derivations_query(paths, isolated=True)) < 128 * 1024 for paths in nix.asked)


@pytest.mark.parametrize("answer", [None, [], {}, {"a-wasm": 1}, {"a-wasm": {"success": True, "value": {"drv": "/a"}}}])
def test_an_answer_that_is_none_is_told(answer: object):
    class OddNix(FakeNix):
        def eval_json(self, *installable: str, apply: str | None = None) -> object:  # noqa: ARG002
            return answer

    with pytest.raises(NixFailed, match="no answer of any known Nix"):
        derivations(["a-wasm"], of=[".#p"], nix=OddNix())
