"""YAML that others wrote, as a tree with lines, within limits.

Scalars stay texts: a version `3.10` is no number. The library's events are taken instead of its objects: it builds
those by recursion, and writes aliases out without end.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, TypeAlias

import yaml

from wasmwright.importing import bounds
from wasmwright.names import quoted
from wasmwright.reading import Unreadable

if TYPE_CHECKING:
    from collections.abc import Iterator

_TEXT_TAGS = {None, "!", "tag:yaml.org,2002:str"}
_NOTHING = {"", "~", "null", "Null", "NULL"}


@dataclass(frozen=True, kw_only=True)
class Scalar:
    """A text. A `plain` one has no quotes, so it may mean a number or nothing."""

    text: str
    line: int
    plain: bool = True
    block: bool = False

    @property
    def is_nothing(self) -> bool:
        """Whether it is YAML's null."""
        return self.plain and self.text in _NOTHING

    def switch(self) -> bool | None:
        """What it means as a boolean; None where it is none."""
        return {"true": True, "yes": True, "false": False, "no": False}.get(self.text.lower())


@dataclass(kw_only=True)
class Listing:
    """A list."""

    line: int
    items: list[Node] = field(default_factory=list)
    weight: int = 1


@dataclass(kw_only=True)
class Mapping:
    """A mapping, with the line of each key."""

    line: int
    items: dict[str, Node] = field(default_factory=dict)
    lines: dict[str, int] = field(default_factory=dict)
    weight: int = 1


Node: TypeAlias = Scalar | Listing | Mapping


def parse_yaml(text: str, *, where: str) -> Mapping:
    """The one document of a text, a mapping. Raises Unreadable, and LimitExceeded, which names `where`."""
    bounds.SIZE.check(len(text), where)
    tree = _Tree(where=where)
    try:
        for event in yaml.parse(text, Loader=yaml.SafeLoader):
            tree.take(event)
    except Unreadable:
        raise
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        reason = f"not valid YAML: {error.problem or error.context}"
        raise Unreadable(reason, line=mark.line + 1 if mark else None) from None
    except yaml.reader.ReaderError as error:
        line = text.count("\n", 0, error.position) + 1
        reason = f"not valid YAML: the character {chr(error.character)!r} may not stand in it"
        raise Unreadable(reason, line=line) from None
    except (yaml.YAMLError, ValueError, OverflowError):
        # The library converts numbers in escapes and directives without a look at them.
        reason = "not valid YAML: an escape or a directive has a number that is none"
        raise Unreadable(reason) from None
    if not isinstance(tree.root, Mapping):
        reason = "it is empty" if tree.root is None else "it is no mapping of fields"
        raise Unreadable(reason, line=None if tree.root is None else tree.root.line)
    return tree.root


@dataclass(kw_only=True)
class _Open:
    """A list or mapping that is being read, the key that waits for its value, and the anchor that it has."""

    node: Listing | Mapping
    anchor: str | None
    key: Scalar | None = None


@dataclass(kw_only=True)
class _Tree:
    where: str
    root: Node | None = None
    documents: int = 0
    values: int = 0
    opened: list[_Open] = field(default_factory=list)
    anchors: dict[str, Node] = field(default_factory=dict)

    def take(self, event: yaml.Event) -> None:
        assert event.start_mark is not None
        line = event.start_mark.line + 1
        if isinstance(event, yaml.DocumentStartEvent):
            self.documents += 1
            if self.documents > 1:
                reason = "a second document begins: a recipe is one"
                raise Unreadable(reason, line=line)
        elif isinstance(event, yaml.ScalarEvent):
            self._check_tag(event.tag, line, _TEXT_TAGS)
            plain = event.style is None and event.tag is None
            node = Scalar(text=event.value, line=line, plain=plain, block=event.style == "|")
            self._name(event.anchor, node)
            self._put(node, weight=1)
        elif isinstance(event, yaml.SequenceStartEvent):
            self._check_tag(event.tag, line, {None, "!", "tag:yaml.org,2002:seq"})
            self._open(Listing(line=line), event.anchor)
        elif isinstance(event, yaml.MappingStartEvent):
            self._check_tag(event.tag, line, {None, "!", "tag:yaml.org,2002:map"})
            self._open(Mapping(line=line), event.anchor)
        elif isinstance(event, yaml.SequenceEndEvent | yaml.MappingEndEvent):
            done = self.opened.pop()
            self._name(done.anchor, done.node)
            self._put(done.node, weight=done.node.weight, counted=True)
        elif isinstance(event, yaml.AliasEvent):
            name = event.anchor or ""
            found = self.anchors.get(name)
            if found is None:
                reason = f"the alias {quoted('*' + name)} names nothing that is complete before it"
                raise Unreadable(reason, line=line)
            self._put(found, weight=getattr(found, "weight", 1))

    def _check_tag(self, tag: str | None, line: int, known: set[str | None]) -> None:
        if tag not in known:
            reason = f"the tag {quoted(str(tag))}: no objects are made of a recipe"
            raise Unreadable(reason, line=line)

    def _open(self, node: Listing | Mapping, anchor: str | None) -> None:
        self.opened.append(_Open(node=node, anchor=anchor))
        bounds.DEPTH.check(len(self.opened), f"{self.where}:{node.line}")
        self._count(1, node.line)

    def _name(self, anchor: str | None, node: Node) -> None:
        if anchor is not None:
            self.anchors[anchor] = node

    def _count(self, weight: int, line: int) -> None:
        self.values += weight
        bounds.VALUES.check(self.values, f"{self.where}:{line}")

    def _put(self, node: Node, *, weight: int, counted: bool = False) -> None:
        if not counted:
            self._count(weight, node.line)
        if not self.opened:
            self.root = node
            return
        top = self.opened[-1]
        top.node.weight += weight
        if isinstance(top.node, Listing):
            top.node.items.append(node)
        elif top.key is None:
            top.key = self._key(node, top.node)
        else:
            top.node.items[top.key.text] = node
            top.node.lines[top.key.text] = top.key.line
            top.key = None

    def _key(self, node: Node, within: Mapping) -> Scalar:
        if not isinstance(node, Scalar):
            reason = "a list or mapping stands as a key: a key is a word"
            raise Unreadable(reason, line=node.line)
        if node.text in within.items:
            reason = f"{quoted(node.text)} stands twice, first on line {within.lines[node.text]}"
            raise Unreadable(reason, line=node.line)
        return node


def scalars(node: Node) -> Iterator[Scalar]:
    """All texts in a tree, without recursion."""
    waiting = [node]
    while waiting:
        one = waiting.pop()
        if isinstance(one, Scalar):
            yield one
        else:
            waiting += one.items if isinstance(one, Listing) else one.items.values()
