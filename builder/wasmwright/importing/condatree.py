"""A recipe of rattler-build as it is for one platform: expressions replaced, `if`s decided."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from wasmwright.importing import bounds
from wasmwright.importing.templates import (
    BadExpression,
    UnknownValue,
    Value,
    as_text,
    evaluate,
    has_template,
    is_true,
    render,
)
from wasmwright.importing.yamltext import Listing, Mapping, Node, Scalar, parse_yaml, scalars
from wasmwright.limits import LimitExceeded
from wasmwright.names import quoted
from wasmwright.reading import Unreadable

if TYPE_CHECKING:
    from collections.abc import Iterator

    from wasmwright.importing.beside import Beside
    from wasmwright.importing.findings import Findings

_PLATFORM: dict[str, Value] = {
    "target_platform": "emscripten-wasm32",
    "host_platform": "emscripten-wasm32",
    "build_platform": "linux-64",
    **dict.fromkeys(("unix", "emscripten", "emscripten32", "emscripten_32", "wasm", "wasm32"), True),
    **dict.fromkeys(
        (
            "linux",
            "osx",
            "win",
            "wasi",
            "freebsd",
            "x86_64",
            "x86",
            "aarch64",
            "arm64",
            "ppc64le",
            "s390x",
            "armv7l",
            "cuda",
        ),
        False,
    ),
}
# What variants are mostly called, with the values that have nothing special.
_VARIANTS: dict[str, Value] = {
    "cuda_compiler_version": "None",
    "cuda_compiler": "None",
    "mpi": "nompi",
    "is_freethreading": False,
    "is_python_min": False,
    "is_abi3": False,
    "python_min": "3.10",
    "microarch_level": "1",
    "megabuild": False,
    "build_number": 0,
    "python_impl": "cpython",
}
# Variables of the build: scripts know them by the same names.
_BUILD_NAMES = (
    *(
        "PYTHON",
        "PIP_ARGS",
        "PREFIX",
        "BUILD_PREFIX",
        "RECIPE_DIR",
        "SRC_DIR",
        "R",
        "R_ARGS",
        "CMAKE_ARGS",
        "CPU_COUNT",
    ),
    *("SP_DIR", "STDLIB_DIR", "PKG_NAME", "PKG_VERSION", "PKG_BUILDNUM", "PKG_HASH", "MESON_ARGS", "LIBRARY_PREFIX"),
    *(
        "CC",
        "CXX",
        "CFLAGS",
        "CXXFLAGS",
        "LDFLAGS",
        "PKG_CONFIG_PATH",
        "SHLIB_EXT",
        "BUILD_DIR",
        "SCRIPTS",
        "LIBRARY_INC",
    ),
)
_COMMENT_SELECTOR = re.compile(r"^([^#\n]*)#[ \t]*\[([^\]\n]*)\][^\n]*$", re.MULTILINE)
_SELECTOR = re.compile(r"sel\((.*)\)", re.DOTALL)
# Fields in which nothing depends on a text that stays unknown: of most of them no recipe here has anything.
_LIGHT = re.compile(
    r"(outputs\.)?((tests?|extra|about\.(?!license$|home|repository|dev_url))\b|"
    r"build\.(number|string|skip|variant|files|python|dynamic_linking|prefix_detection|(ignore_)?run_exports)\b|"
    r"requirements\.((ignore_)?run_exports|run_constrain(ts|ed))\b)|variants\."
)
_NEEDS = re.compile(r"(outputs\.)?requirements\.(build|host|run)")
_NAMED_FIRST = re.compile(r"[A-Za-z0-9_][\w.-]*(?=[ =<>!~]+\S)")


@dataclass(kw_only=True)
class PlatformTree:
    """Resolves one recipe; what cannot be known goes to the findings."""

    findings: Findings
    variants: Mapping | None = None
    names: dict[str, Value] = field(default_factory=dict)
    chosen: dict[str, str] = field(default_factory=dict)
    written: int = 0
    told: set[tuple[str, str]] = field(default_factory=set)

    def resolve(self, root: Mapping, python: str) -> Mapping:
        """The recipe for WebAssembly and a version of Python."""
        self.names |= {**_PLATFORM, **_VARIANTS, "python": python, **{name: f"${name}" for name in _BUILD_NAMES}}
        if self.variants is not None:
            self._of_variants(self.variants)
        self._of_package(root)
        context = root.items.get("context")
        if isinstance(context, Mapping):
            self._context(context)
        elif context is not None and not (isinstance(context, Scalar) and context.is_nothing):
            self.findings.person("is no mapping of names", key="context", line=root.lines["context"])
        kept = Mapping(line=root.line)
        for name, node in root.items.items():
            if name != "context":
                kept.items[name], kept.lines[name] = self._node(node, name), root.lines[name]
        return kept

    def _of_variants(self, variants: Mapping) -> None:
        """Of each variant that is not known, the first value that the file beside the recipe has."""
        for name, node in variants.items.items():
            if name in self.names or not isinstance(node, Listing):
                continue
            values = [one for item in node.items for one in self._chosen(item, f"variants.{name}")]
            if values and isinstance(values[0], Scalar):
                self.names[name] = self._value(values[0], f"variants.{name}")
                self.chosen[name] = values[0].text

    def _tell_variants(self, text: str, node: Node, key: str) -> None:
        """Tell which value a variant has, where it is first asked for."""
        for name in [name for name in self.chosen if re.search(rf"\b{re.escape(name)}\b", text)]:
            message = (
                f"the first of the variants of `{name}` beside the recipe is taken: {quoted(self.chosen.pop(name))}"
            )
            self.findings.note(message, key=key, line=node.line)

    def _of_package(self, root: Mapping) -> None:
        """Name and version as boa had them for expressions; a context's own come after them."""
        package = root.items.get("package")
        for name in ("name", "version"):
            node = package.items.get(name) if isinstance(package, Mapping) else None
            if isinstance(node, Scalar) and not has_template(node.text):
                self.names[name] = node.text

    def _context(self, context: Mapping) -> None:
        for name, node in _by_need(context):
            line = context.lines[name]
            if isinstance(node, Scalar):
                value = self._value(node, f"context.{name}")
                if value is not None:
                    self.names[name] = value
            elif isinstance(node, Listing):
                items = [self._value(item, f"context.{name}") for item in node.items if isinstance(item, Scalar)]
                self.names[name] = [item for item in items if item is not None]
            else:
                self.findings.person("is neither a text nor a list of texts", key=f"context.{name}", line=line)

    def _value(self, node: Scalar, key: str) -> Value:
        if not has_template(node.text):
            plain = {"true": True, "false": False}.get(node.text) if node.plain else None
            if plain is not None:
                return plain
            return int(node.text) if node.plain and re.fullmatch(r"[1-9]\d{0,8}|0", node.text) else node.text
        return self._rendered(node, key)

    def _rendered(self, node: Scalar, key: str) -> Value:
        """The value of a text with expressions; None, and a finding, where that is not known."""
        where = f"{self.findings.file}:{node.line}"
        try:
            value = render(node.text, self.names, where=where)
        except UnknownValue as unknown:
            if _NEEDS.fullmatch(key) and (named := _NAMED_FIRST.match(node.text)):
                message = f"of {quoted(node.text)} the name is taken: which version is here, its own recipe says"
                self.findings.note(message, key=key, line=node.line)
                return named[0]
            self._unknown(f"{quoted(node.text)} depends on {unknown}, which is not known before a build", node, key)
            return None
        except BadExpression as bad:
            self.findings.person(f"left out: {bad}", key=key, line=node.line)
            return None
        self._tell_variants(node.text, node, key)
        self.written += len(as_text(value))
        bounds.RENDERED.check(self.written, where)
        return value

    def _unknown(self, message: str, node: Node, key: str) -> None:
        tell = self.findings.note if _LIGHT.match(key) else self.findings.person
        tell(f"left out: {message}", key=key, line=node.line)

    def _node(self, node: Node, key: str) -> Node:
        match node:
            case Scalar():
                return self._scalar(node, key)
            case Listing():
                kept = Listing(line=node.line)
                for item in node.items:
                    kept.items += self._chosen(item, key)
                return kept
            case Mapping():
                if "if" in node.items or (len(node.items) == 1 and _SELECTOR.fullmatch(next(iter(node.items)))):
                    chosen = self._chosen(node, key)
                    return chosen[0] if len(chosen) == 1 else Listing(line=node.line, items=chosen)
                fields = Mapping(line=node.line)
                for name, value, line in self._merged(node, key):
                    fields.items[name], fields.lines[name] = self._node(value, f"{key}.{name}"), line
                return fields

    def _merged(self, node: Mapping, key: str) -> Iterator[tuple[str, Node, int]]:
        """The fields of a mapping, among them those of each `sel(...)` of boa that holds."""
        for name, value in node.items.items():
            found = _SELECTOR.fullmatch(name)
            if found is None:
                yield name, value, node.lines[name]
            elif not isinstance(value, Mapping):
                message = f"left out: {quoted(name)} has no fields, and stands beside such"
                self.findings.person(message, key=key, line=node.lines[name])
            elif self._holds(found[1], Scalar(text=name, line=node.lines[name]), key):
                yield from ((each, value.items[each], value.lines[each]) for each in value.items)

    def _scalar(self, node: Scalar, key: str) -> Node:
        if not has_template(node.text):
            return node
        value = self._rendered(node, key)
        if value is None:
            return Scalar(text="", line=node.line)
        if isinstance(value, list):
            items: list[Node] = [Scalar(text=as_text(item), line=node.line, plain=False) for item in value]
            return Listing(line=node.line, items=items)
        return Scalar(text=as_text(value), line=node.line, plain=False, block=node.block)

    def _chosen(self, item: Node, key: str) -> list[Node]:
        """What an entry of a list comes to: itself, or the part of its `if` that holds."""
        if isinstance(item, Mapping) and "if" in item.items:
            condition, holds = item.items["if"], None
            if isinstance(condition, Scalar):
                holds = self._holds(condition.text, condition, key)
            odd = item.items.keys() - {"if", "then", "else"}
            if odd:
                self.findings.person(
                    f"an `if` has {quoted(min(odd))} beside `then` and `else`", key=key, line=item.line
                )
            part = None if holds is None else item.items.get("then" if holds else "else")
            if holds is not None and isinstance(condition, Scalar) and ("else" if holds else "then") in item.items:
                self._other(condition, key, holds=holds)
            return [] if part is None else self._flat(part, key)
        if isinstance(item, Mapping) and len(item.items) == 1:
            (name, value), *_ = item.items.items()
            if found := _SELECTOR.fullmatch(name):
                holds = self._holds(found[1], item, key)
                if holds is False:
                    self._other(Scalar(text=found[1], line=item.line), key, holds=False)
                return self._flat(value, key) if holds else []
        resolved = self._node(item, key)
        if isinstance(resolved, Scalar) and resolved.is_nothing:
            return []
        return [resolved]

    def _other(self, condition: Scalar, key: str, *, holds: bool) -> None:
        """Tell of the part of an `if` that is not for WebAssembly: once for each condition of a field."""
        if (key, condition.text) not in self.told and not key.startswith("variants."):
            self.told.add((key, condition.text))
            what = (
                "holds for WebAssembly: what is for others"
                if holds
                else "does not hold for WebAssembly: what is for it"
            )
            self.findings.note(f"{quoted(condition.text)} {what} is left out", key=key, line=condition.line)

    def _flat(self, part: Node, key: str) -> list[Node]:
        if isinstance(part, Listing):
            return [one for item in part.items for one in self._chosen(item, key)]
        return self._chosen(part, key)

    def _holds(self, condition: str, node: Node, key: str) -> bool | None:
        try:
            value = is_true(evaluate(condition, self.names, where=f"{self.findings.file}:{node.line}"))
        except UnknownValue as unknown:
            self._unknown(f"whether {quoted(condition)} holds depends on {unknown}", node, key)
            return None
        except BadExpression as bad:
            self.findings.person(f"left out: {bad}", key=key, line=node.line)
            return None
        self._tell_variants(condition, node, key)
        return value

    def is_true(self, condition: str, line: int, key: str) -> bool:
        """Whether a condition holds that stands alone, such as of `skip`; what is not known does not."""
        return self._holds(condition, Scalar(text=condition, line=line), key) is True


def read_variants(beside: Beside) -> Mapping | None:
    """The variants that a file beside a recipe has, without lines for other platforms; None where there is none."""
    for name in ("variants.yaml", "conda_build_config.yaml"):
        text = beside.text(name, bounds.SIZE)
        if text is not None:
            try:
                return parse_yaml(_COMMENT_SELECTOR.sub(_selected, text), where=name)
            except (Unreadable, LimitExceeded):
                continue
    return None


def _selected(line: re.Match[str]) -> str:
    """A line with a selector behind it, where that holds; else an empty one."""
    try:
        names = {**_PLATFORM, **_VARIANTS}
        return line[1] if is_true(evaluate(line[2], names, where=line[0])) else ""
    except (UnknownValue, BadExpression, LimitExceeded):
        return ""


def _by_need(context: Mapping) -> list[tuple[str, Node]]:
    """The names of a context, those first that others are made of. rattler-build wants them so; others sorted them."""
    waiting, ordered = dict(context.items), dict[str, Node]()
    while waiting:
        ready = [name for name, node in waiting.items() if not _words(node) & (waiting.keys() - {name})]
        for name in ready or list(waiting):
            ordered[name] = waiting.pop(name)
    return [*ordered.items()]


def _words(node: Node) -> set[str]:
    texts = [one.text for one in scalars(node) if has_template(one.text)]
    return {word for text in texts for word in re.findall(r"[A-Za-z_]\w*", text)}
