"""[source] and [[source.more]]: of which kind a source is, what that kind wants said, and where further ones go."""

from __future__ import annotations

from typing import TYPE_CHECKING

from wasmwright.recipe.model import Further
from wasmwright.sources.kinds.table import NAMED

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from wasmwright.recipe.problems import RecipeProblems
    from wasmwright.recipe.values import Section
    from wasmwright.sources.kinds.kind import Kind, Origin

_MORE = "source.more"


def kind_in(section: Section) -> Kind | None:
    """The kind that a section names, the first where it names several."""
    return next((kind for kind in NAMED if kind.key in section.written), None)


def read_origin(kind: Kind, section: Section) -> Origin:
    """What a section without mistakes says."""
    said = {option.name: section.text(option.name) for option in kind.options}
    return kind.origin({name: text for name, text in said.items() if text is not None})


def read_further(sections: Sequence[Section]) -> tuple[Further, ...]:
    """The further sources of a recipe without mistakes."""
    return tuple(_further(section) for section in sections)


def _further(section: Section) -> Further:
    kind = kind_in(section)
    assert kind is not None
    return Further(
        origin=read_origin(kind, section),
        version=section.text("version") or "",
        into=section.text("into") or "",
        unpack=section.switch("unpack", default=True),
    )


def check_kind(section: Section, noted: RecipeProblems, *, table: str) -> Kind | None:
    """Note where a section names no kind, or several, or keys of another. Gives the kind if all it wants is said."""
    named = [kind for kind in NAMED if kind.key in section.written]
    keys = [f"`{kind.key}`" for kind in NAMED]
    if not named:
        noted.add(f"names no source: add {', '.join(keys[:-1])} or {keys[-1]}", table=table)
    for kind in named[1:]:
        noted.add(f"names two sources: keep one of `{named[0].key}` and `{kind.key}`", table=table, key=kind.key)
    for kind in NAMED:
        for option in kind.options[1:]:
            if option.name in section.written and kind not in named:
                noted.add(f"has a meaning with `{kind.key}` only", table=table, key=option.name)
    lacking = []
    for option in named[0].options if named else ():
        others = [other.name for other in named[0].options if other.instead_of == option.name]
        written = [name for name in (option.name, *others) if name in section.written]
        if option.required and not written:
            lacking.append(option.name)
            noted.add(f"is missing: `{named[0].key}` needs it", table=table, key=option.name)
        for name in written[1:]:
            lacking.append(name)
            noted.add(f"says what `{written[0]}` says: keep one of them", table=table, key=name)
    wrong = [option.name for kind in named[:1] for option in kind.options if section.is_wrong(option.name)]
    return named[0] if named and not lacking and not wrong else None


def check_further(sections: Sequence[Section], noted: RecipeProblems) -> None:
    """Note what is wrong in one of the further sources, and where two of them do not go together."""
    said: list[tuple[str | None, Origin]] = []
    for nth, section in enumerate(sections):
        here = noted.of(nth)
        kind = check_kind(section, here, table=_MORE)
        if kind is not None:
            if kind.has_version is not ("version" in section.written):
                fault = "is missing" if kind.has_version else f"has no meaning with `{kind.key}`"
                here.add(fault, table=_MORE, key="version")
            source = section.text("version"), read_origin(kind, section)
            if source in said and not section.is_wrong("version"):
                here.add("the same source stands twice", table=_MORE)
            said.append(source)
        for fault in _place_faults(section, sections[:nth]):
            here.add(fault, table=_MORE, key="into")


def _place_faults(section: Section, before: Sequence[Section]) -> Iterator[str]:
    """Why a source cannot go where it is to go, given those before it."""
    into = section.text("into")
    for other in before:
        place = other.text("into")
        if into is None or place is None:
            continue
        if into == place:
            yield f"two sources go into `{into}`"
        for inner, outer, unpacked in ((into, place, other), (place, into, section)):
            if inner.startswith(f"{outer}/") and not unpacked.switch("unpack", default=True):
                yield f"`{inner}` cannot be in `{outer}`, which is a file"
