"""Options that choose packages, and what they choose."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import wraps
from typing import TYPE_CHECKING, Any

import click

from wasmwright import log
from wasmwright.farm.changes import changes_since
from wasmwright.farm.plan import Plan, Selection, is_glob, plan, selected

if TYPE_CHECKING:
    from collections.abc import Callable

    from wasmwright.checkout import Checkout


@dataclass(frozen=True, kw_only=True)
class Asked:
    """Which packages the command line asks for."""

    names: tuple[str, ...] = ()
    everything: bool = False
    sets: tuple[str, ...] = ()
    without: tuple[str, ...] = ()
    since: str | None = None

    @property
    def is_empty(self) -> bool:
        """Whether it asks for nothing; `--without` alone only takes away."""
        return not (self.names or self.everything or self.sets or self.since is not None)

    @property
    def selects(self) -> bool:
        """Whether it asks for more than names."""
        return self.everything or bool(self.sets or self.without) or self.since is not None


def selection_options(command: Callable[..., None]) -> Callable[..., None]:
    """`--all`, `--set`, `--without` and `--changed-since`: the command is called with what is `asked`."""
    return _selection_options(command, otherwise_all=False)


def view_options(command: Callable[..., None]) -> Callable[..., None]:
    """The same for a command that builds nothing: where nothing is said, everything is meant."""
    return _selection_options(command, otherwise_all=True)


def _selection_options(command: Callable[..., None], *, otherwise_all: bool) -> Callable[..., None]:
    @click.option("--all", "everything", is_flag=True, help="All packages of the profile.")
    @click.option("--set", "sets", multiple=True, metavar="SET", help="All of a set, as recipes say; repeatable.")
    @click.option("--without", multiple=True, metavar="SET", help="None of a set but those named; repeatable.")
    @click.option(
        "--changed-since",
        "since",
        metavar="REV",
        help="Of these, or of all: what has changed since REV, and what needs that.",
    )
    @wraps(command)
    def called(
        *,
        names: tuple[str, ...],
        everything: bool,
        sets: tuple[str, ...],
        without: tuple[str, ...],
        since: str | None,
        **others: Any,  # noqa: ANN401
    ) -> None:
        asked = Asked(names=names, everything=everything, sets=sets, without=without, since=since)
        if asked.is_empty and otherwise_all:
            asked = replace(asked, everything=True)
        if asked.is_empty:
            message = "name packages, or say --all, --set SET or --changed-since REV"
            raise click.UsageError(message)
        command(asked=asked, **others)

    return called


def chosen(checkout: Checkout, asked: Asked, *, keep_going: bool = False) -> Plan:
    """The packages in the order of their build; tells which are left out, and why.

    With `keep_going` those that are named, and not built, are in it as `refused`.
    """
    if asked.selects or any(map(is_glob, asked.names)):
        # What is meant without being named may be any of them.
        checkout.recipes.check()
    selection = _selection(checkout, asked)
    found = plan(selection, checkout.recipes, profile=checkout.profile, keep_going=keep_going)
    for reason in found.left_out.values():
        log.say(f"left out: {reason}")
    if found.note is not None:
        log.say(found.note)
    return found


def looked_at(checkout: Checkout, asked: Asked) -> list[str]:
    """The packages that are asked for, by name, also those that are not built. A broken recipe is passed over."""
    found, note = selected(_selection(checkout, asked), checkout.recipes)
    if note is not None:
        log.say(note)
    return sorted(found)


def _selection(checkout: Checkout, asked: Asked) -> Selection:
    since = asked.since
    return Selection(
        patterns=asked.names,
        everything=asked.everything,
        sets=asked.sets,
        without=asked.without,
        changes=None if since is None else changes_since(since, root=checkout.root, profile=checkout.profile),
    )
