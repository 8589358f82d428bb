"""From attributes to derivations: one evaluation for all, and one package's error does not hide the others."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Protocol

from wasmwright.errors import EvaluationFailed
from wasmwright.generate.queries import derivations_query
from wasmwright.nix import understood
from wasmwright.nixoutcome import Derivation
from wasmwright.reading import Fields

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from wasmwright.failure import WasmwrightError

# The system takes no argument of more than 128 KiB, and a name has up to 128 characters.
_AT_ONCE = 250


class Evaluator(Protocol):
    """What is needed of Nix."""

    def eval_json(self, *installable: str, apply: str | None = None) -> object:
        """The value of what is named, or of a function of it. Raises EvaluationFailed."""
        ...


def derivations(
    attributes: Sequence[str], *, of: Sequence[str], nix: Evaluator
) -> Mapping[str, Derivation | WasmwrightError]:
    """The derivation of each attribute path below the installable `of`, or why it has none.

    Raises EvaluationFailed where nothing can be evaluated at all.
    """
    paths = list(dict.fromkeys(attributes))
    try:
        return _isolated(paths, of, nix)
    except EvaluationFailed:
        _evaluated([], of, nix, isolated=True)
        return _each(paths, of, nix)


def _each(attributes: list[str], of: Sequence[str], nix: Evaluator) -> dict[str, Derivation | WasmwrightError]:
    """What Nix cannot isolate is found by halves."""
    try:
        return _isolated(attributes, of, nix)
    except EvaluationFailed as error:
        if len(attributes) == 1:
            return {attributes[0]: error}
    middle = len(attributes) // 2
    return _each(attributes[:middle], of, nix) | _each(attributes[middle:], of, nix)


def _isolated(attributes: list[str], of: Sequence[str], nix: Evaluator) -> dict[str, Derivation | WasmwrightError]:
    answer = _evaluated(attributes, of, nix, isolated=True)
    with understood():
        return {
            path: _derivation(answer[path]["value"]) if answer[path]["success"] else _alone(path, of, nix)
            for path in attributes
        }


def _alone(path: str, of: Sequence[str], nix: Evaluator) -> Derivation | WasmwrightError:
    """Again, for the message that an isolated error does not have."""
    try:
        answer = _evaluated([path], of, nix, isolated=False)
        with understood():
            return _derivation(answer[path])
    except EvaluationFailed as error:
        return error


def _evaluated(attributes: Sequence[str], of: Sequence[str], nix: Evaluator, *, isolated: bool) -> dict[str, Any]:
    found: dict[str, Any] = {}
    # None asked for still asks whether anything can be evaluated.
    for start in range(0, max(len(attributes), 1), _AT_ONCE):
        asked = attributes[start : start + _AT_ONCE]
        answer = nix.eval_json(*of, apply=derivations_query(asked, isolated=isolated))
        with understood():
            found |= Fields.of(answer).content
    return found


def _derivation(answer: object) -> Derivation:
    found = Fields.of(answer)
    return Derivation(drv_path=found.text("drv"), outputs=found.table("outputs").all_texts())
