"""From the IR that flang makes for a 32-bit target with wasm32's data layout to IR for wasm32: pure."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from wasmwright.fortran import characters, intrinsics, results
from wasmwright.fortran.errors import Unsupported
from wasmwright.fortran.irmodule import Function, parse_module
from wasmwright.fortran.layout import fold_products, named_types
from wasmwright.fortran.irtext import Malformed, Parameter, Signature, parse_signature, replace_names

if TYPE_CHECKING:
    from collections.abc import Iterator

    from wasmwright.fortran.characters import Lengths
    from wasmwright.fortran.irmodule import Module

# The layout of clang 22's wasm32-unknown-emscripten, and of what flang is asked for: structures are the same in both.
LAYOUT = "e-m:e-p:32:32-p10:8:8-p20:8:8-i64:64-i128:128-n32:64-S128-ni:1:10:20"
TRIPLE = "wasm32-unknown-emscripten"
SOURCE_TRIPLE = "i686-unknown-nacl"

_DEBUG = re.compile(r", !dbg !\d+")
_HEADER_DEBUG = re.compile(r" ?!dbg !\d+")
_CPU = re.compile(r' ?"(?:target|tune)-(?:cpu|features)"="[^"]*"')
_PLACED = re.compile(r"\b(?:byval|sret)\(")
_GLOBAL_NAME = re.compile(r"@[-a-zA-Z$._0-9]+")


@dataclass(frozen=True, kw_only=True, slots=True)
class Options:
    """What the command line decides.

    With `hidden_lengths` every CHARACTER argument has its length, also for C. `star_lengths` are external procedures of
    other files known to have CHARACTER*(*) dummies.
    """

    hidden_lengths: bool = False
    hidden_visibility: bool = False
    star_lengths: tuple[str, ...] = characters.STAR_LENGTHS


# The name of the source, for messages of the runtime: the only text constants that end in a zero.
_SOURCE_NAME = re.compile(r'^@(_QQcl\w+) = linkonce constant \[\d+ x i8\] c"(/[^"\\]*)\\00"', re.MULTILINE)


@dataclass(slots=True)
class _Calls:
    """The calls of one function by line, with what was found out about each."""

    by_line: dict[int, Signature] = field(default_factory=dict)
    hidden: dict[int, int] = field(default_factory=dict)
    complex: set[int] = field(default_factory=set)


def relative_names(text: str, folder: str) -> str:
    """The module with the sources named relative to `folder`: no path of the build machine in an object."""
    for name, path in _SOURCE_NAME.findall(text):
        shown = path.removeprefix(f"{folder}/") if path.startswith(f"{folder}/") else path.rpartition("/")[2]
        renamed = "_QQclX" + f"{shown}\0".encode().hex().upper()
        old = f'@{name} = linkonce constant [{len(path.encode()) + 1} x i8] c"{path}\\00"'
        text = text.replace(old, f'@{name} = linkonce constant [{len(shown.encode()) + 1} x i8] c"{shown}\\00"')
        text = re.sub(rf"([@$]){name}\b", rf"\g<1>{renamed}", text)
    return text


def retarget(text: str, options: Options, *, source: str = "") -> str:
    """The module for wasm32; `source` names the Fortran file. Raises Unsupported."""
    try:
        return _Retargeting(parse_module(text), options, source).run()
    except Malformed as error:
        message = f"{source}: flang wrote something that is not understood: {error}"
        raise Unsupported(message, hint="report it with the source") from error


class _Retargeting:
    def __init__(self, module: Module, options: Options, source: str) -> None:
        self.module = module
        self.options = options
        self.source = source
        self.lengths: dict[str, Lengths] = {}
        self.called: dict[str, int] = {}
        self.complex_names: set[str] = set()
        self.thunks: dict[str, Signature] = {}
        self.wanted: dict[str, Signature] = {}
        self.addressed: set[str] = set()
        self.calls: list[_Calls] = []
        self.types = named_types(module.head)

    def run(self) -> str:
        module = self.module
        self._refuse_unknown()
        self._learn()
        module.functions = [self._function(*pair) for pair in zip(module.functions, self.calls, strict=True)]
        module.head = [self._global(line) for line in module.head]
        self._declare()
        module.tail = [_CPU.sub("", line) for line in module.tail if not line.startswith("!llvm.dbg.cu")]
        return module.text() + self._added()

    # What there is

    def _refuse_unknown(self) -> None:
        for name in self.module.declarations:
            if name.startswith("@llvm.") and (reason := intrinsics.refusal(name)) is not None:
                line = self._first_line_with(f"{name}(")
                raise self._unsupported(f"{name[1:]} has no counterpart in WebAssembly: {reason}", line)
        for line in self._lines():
            if "x86_fp80" in line:
                hint = "REAL(8), or REAL(16) for more digits, work"
                raise self._unsupported("REAL(10) does not exist in WebAssembly", line, hint=hint)
            if " asm " in line:
                raise self._unsupported("assembly of another processor", line)

    def _lines(self) -> Iterator[str]:
        for function in self.module.functions:
            yield str(function.signature)
            yield from function.lines
        yield from self.module.head
        yield from map(str, self.module.declarations.values())

    def _first_line_with(self, text: str) -> str:
        return next((line for line in self._lines() if text in line), "")

    def _unsupported(self, what: str, line: str, *, hint: str | None = None) -> Unsupported:
        return Unsupported(f"{self.module.place(line) or self.source}: {what}", hint=hint)

    def _learn(self) -> None:
        for function in self.module.functions:
            if characters.is_external(function.name) and not function.is_local:
                lengths = characters.lengths_of(function, self.module)
                if lengths.hidden:
                    self.lengths[function.name] = lengths
            if results.is_complex_definition(function):
                self.complex_names.add(function.name)
            self.calls.append(self._calls_of(function))

    def _calls_of(self, function: Function) -> _Calls:
        calls = _Calls()
        extracted: dict[str, str] = {}
        for index, line in enumerate(function.lines):
            if "extractvalue { ptr, i32 }" in line and (length := characters.extracted_length(line)) is not None:
                extracted[length[0]] = length[1]
            if "call " not in line or "#dbg_" in line:
                continue
            call = parse_signature(self._folded(line), "call")
            calls.by_line[index] = call
            if call.returns == "i64" and results.is_complex_call(function.lines, index):
                calls.complex.add(index)
                if call.name.startswith("@"):
                    self.complex_names.add(call.name)
            if characters.is_external(call.name) and (hidden := characters.hidden_at(call, extracted)):
                calls.hidden[index] = hidden
                self.called.setdefault(call.name, hidden)
        return calls

    # Definitions

    def _function(self, function: Function, calls: _Calls) -> Function:
        signature, lines = function.signature, self._body(function, calls)
        entry = f"{len(signature.parameters)}:"
        signature = replace(signature, parameters=tuple(_plain(parameter) for parameter in signature.parameters))
        begin: list[str] = []
        if any(results.SLOT in line for line in lines):
            begin.append(results.ALLOCATE_SLOT)
        if function.name in self.complex_names and signature.returns == "i64":
            signature, lines = results.complex_signature(signature, results.RESULT), results.complex_body(lines)
        elif signature.returns == results.BOX:
            length = signature.parameters[1].value
            signature = results.character_signature(signature, "%wasm.length")
            lines = results.character_body(lines, length)
        lengths = self.lengths.get(function.name)
        if lengths is not None and lengths.are_constant and not self.options.hidden_lengths:
            signature, lines = _without_lengths(signature, lines, lengths, shift=self._shift(function))
        if function.name == "@main":
            signature = replace(signature, before="define internal ", name="@wasmwright.main")
        return Function(self._header(signature), [entry, *begin, *lines])

    def _shift(self, function: Function) -> int:
        """How many parameters the changed result put before the others."""
        return int(function.name in self.complex_names and function.signature.returns == "i64")

    def _header(self, signature: Signature) -> Signature:
        before = signature.before
        if self.options.hidden_visibility and before == "define ":
            before = "define hidden "
        return replace(signature, before=before, after=_HEADER_DEBUG.sub("", signature.after))

    # Bodies

    def _body(self, function: Function, calls: _Calls) -> list[str]:
        changed: list[str] = []
        for index, line in enumerate(function.lines):
            if "#dbg_" in line:
                continue
            call = calls.by_line.get(index)
            if call is None and " mul (" in line:
                line = self._folded(line)  # noqa: PLW2901
            if call is not None:
                changed += self._call(function, call, index, calls)
            elif "@" in line:
                changed.append(self._addresses(_DEBUG.sub("", line)))
            else:
                changed.append(_DEBUG.sub("", line) if "!dbg" in line else line)
        return changed

    def _folded(self, line: str) -> str:
        return fold_products(line, self.types) if " mul (" in line else line

    def _call(self, function: Function, call: Signature, index: int, calls: _Calls) -> list[str]:
        assigned = results.assigned_name(call.before)
        changed = replace(
            call,
            name=intrinsics.renamed(call.name),
            parameters=tuple(self._argument(parameter) for parameter in call.parameters),
            after=_DEBUG.sub("", call.after),
        )
        hidden = calls.hidden.get(index, 0)
        if hidden and not self.options.hidden_lengths:
            changed = self._without_hidden(changed, hidden)
        is_complex = call.returns == "i64" and (index in calls.complex or call.name in self.complex_names)
        if is_complex:
            lines = results.complex_call(changed, assigned)
            converted = results.complex_signature(changed, "")
        elif call.returns == results.BOX:
            used = re.compile(rf"{assigned}\b")
            is_used = any(used.search(line) for line in function.lines[index + 1 :])
            lines = results.character_call(changed, assigned, is_used=is_used)
            converted = results.character_signature(changed, "")
        else:
            lines, converted = [str(changed)], changed
        if changed.name.startswith("@"):
            self._want(converted, hidden)
        return lines

    def _want(self, called: Signature, hidden: int) -> None:
        """Remember what a called function looks like: declarations may know less than calls."""
        self.wanted.setdefault(called.name, called)
        if called.name.endswith(".len") and called.name not in self.thunks:
            self.thunks[called.name] = replace(called, variadic=False)
            self.called[called.name.removesuffix(".len")] = hidden

    def _without_hidden(self, call: Signature, hidden: int) -> Signature:
        """The call as its callee wants it: lengths or none where that is known, else through `NAME.len`."""
        known = self.lengths.get(call.name)
        if known is not None:
            if not known.are_constant:
                return call
            return replace(call, parameters=call.parameters[:-hidden])
        if call.name[1:-1] in self.options.star_lengths:
            return call
        return replace(call, name=f"{call.name}.len")

    def _argument(self, parameter: Parameter) -> Parameter:
        plain = _plain(parameter)
        return replace(plain, value=self._addresses(plain.value)) if "@" in plain.value else plain

    def _addresses(self, text: str) -> str:
        """Addresses of procedures with CHARACTER arguments are those that take all lengths: who calls them passes all."""
        if self.options.hidden_lengths or "_" not in text:
            return text
        names = {}
        for name in set(_GLOBAL_NAME.findall(text)):
            if name in self.lengths or (name in self.called and name[1:-1] not in self.options.star_lengths):
                self.addressed.add(name)
                names[name] = f"{name}.len"
        return replace_names(text, names) if names else text

    # All that is not a function

    def _global(self, line: str) -> str:
        if line.startswith("target datalayout"):
            return f'target datalayout = "{LAYOUT}"'
        if line.startswith("target triple"):
            return f'target triple = "{TRIPLE}"'
        if " = common " in line:
            # wasm-ld knows no common symbols; of weak ones it takes the first.
            return line.replace(" = common ", " = weak ", 1)
        if line.startswith("@"):
            name, equals, rest = line.partition(" = ")
            return name + equals + self._addresses(self._folded(_DEBUG.sub("", rest)))
        return line

    def _declare(self) -> None:
        defined = {function.name for function in self.module.functions}
        declarations: dict[str, Signature] = {}
        for name, signature in self.module.declarations.items():
            if name == "@malloc":
                continue
            renamed = intrinsics.renamed(name)
            called = self.wanted.get(renamed)
            plain = replace(
                signature,
                name=renamed,
                before=_HEADER_DEBUG.sub("", signature.before),
                parameters=tuple(_plain(parameter) for parameter in signature.parameters),
            )
            declarations[renamed] = plain if called is None else _declared(plain, called)
        for name in self._thunked():
            declarations[name] = _declaration(name, self._plain_thunk(name))
        self.module.declarations = {name: signature for name, signature in declarations.items() if name not in defined}

    def _thunked(self) -> list[str]:
        """The procedures for which this module has a weak `NAME.len`."""
        names = {name.removesuffix(".len") for name in self.thunks}
        fixed = {name for name in self.addressed if name in self.lengths and self.lengths[name].are_constant}
        return sorted(names | fixed)

    def _plain_thunk(self, name: str) -> Signature:
        """What a weak `NAME.len` calls."""
        full = self._full(name)
        hidden = len(self.lengths[name].hidden) if name in self.lengths else self.called[name]
        return replace(full, name=name, parameters=full.parameters[: len(full.parameters) - hidden])

    def _full(self, name: str) -> Signature:
        """The signature of `NAME.len`."""
        if f"{name}.len" in self.thunks:
            return self.thunks[f"{name}.len"]
        definition = next(function for function in self.module.functions if function.name == name).signature
        added = tuple(Parameter("i32", "", "") for _ in self.lengths[name].hidden)
        has_all = not self.lengths[name].are_constant
        return replace(definition, parameters=definition.parameters + (() if has_all else added))

    def _added(self) -> str:
        """What the module did not have: thunks and aliases, helpers, the program's entry, the record of conventions."""
        parts = [_thunk(self._full(name), self._plain_thunk(name)) for name in self._thunked()]
        for name, lengths in self.lengths.items():
            if not lengths.are_constant and not self.options.hidden_lengths:
                parts.append(_alias(self._full(name), name))
        if intrinsics.MALLOC in self.wanted:
            parts.append(intrinsics.MALLOC_DEFINITION)
        if any(function.name == "@wasmwright.main" for function in self.module.functions):
            parts.append(_MAIN)
        parts.append(self._record())
        return "\n".join(parts)

    def _record(self) -> str:
        """A custom section with what must be the same in all objects that are linked together."""
        if not self.lengths and not self.called:
            return ""
        convention = "hidden" if self.options.hidden_lengths else "c"
        defined = ",".join(name[1:] for name in sorted(self.lengths))
        called = ",".join(name[1:] for name in sorted(self.called) if name not in self.lengths)
        text = f"lengths={convention} defines={defined} calls={called}\\0A"
        number = 1 + max(
            (int(found) for found in re.findall(r"^!(\d+) = ", "\n".join(self.module.tail), re.M)), default=0
        )
        return f'!wasm.custom_sections = !{{!{number}}}\n!{number} = !{{!"wasmwright.fortran", !"{text}"}}\n'


_MAIN = """@environ = external global ptr

define i32 @__main_argc_argv(i32 %count, ptr %words) {
  %variables = load ptr, ptr @environ, align 4
  %status = call i32 @wasmwright.main(i32 %count, ptr %words, ptr %variables)
  ret i32 %status
}
"""


def _plain(parameter: Parameter) -> Parameter:
    """Without the attributes that say how i686 passes it: on wasm32 the pointer itself is passed.

    flang 19 leaves `byval` out at calls, and an optimiser that sees it only in the declaration deletes the stores to
    the argument. `nest` has no counterpart; the pointer is an argument like others.
    """
    if not parameter.attributes:
        return parameter
    is_placed = _PLACED.search(parameter.attributes) or "nest" in parameter.attributes.split()
    return replace(parameter, attributes="") if is_placed else parameter


def _without_lengths(
    signature: Signature, lines: list[str], lengths: Lengths, *, shift: int
) -> tuple[Signature, list[str]]:
    dropped = {length.position + shift: length for length in lengths.hidden}
    constants = {signature.parameters[at].value: str(length.constant) for at, length in dropped.items()}
    kept = tuple(parameter for at, parameter in enumerate(signature.parameters) if at not in dropped)
    changed = [replace_names(line, constants) if "insertvalue { ptr, i32 }" in line else line for line in lines]
    return replace(signature, parameters=kept), changed


def _declared(declaration: Signature, called: Signature) -> Signature:
    """The declaration with the types that a call uses, if they differ."""
    types = tuple(parameter.type for parameter in declaration.parameters)
    wanted = tuple(parameter.type for parameter in called.parameters)
    if called.variadic or declaration.variadic or (types == wanted and declaration.returns == called.returns):
        return declaration
    return _declaration(declaration.name, called)


def _declaration(name: str, called: Signature) -> Signature:
    parameters = tuple(Parameter(parameter.type, "", "") for parameter in called.parameters)
    return Signature("declare ", called.returns, "", name, parameters, called.variadic, "")


def _types(signature: Signature) -> str:
    return ", ".join(parameter.type for parameter in signature.parameters)


def _alias(full: Signature, name: str) -> str:
    return f"{name}.len = hidden alias {full.returns} ({_types(full)}), ptr {name}\n"


def _thunk(full: Signature, plain: Signature) -> str:
    """A weak `NAME.len` that leaves the lengths out. A definition with CHARACTER*(*) dummies has a strong one."""
    named = ", ".join(f"{parameter.type} %{at}" for at, parameter in enumerate(full.parameters))
    passed = ", ".join(f"{parameter.type} %{at}" for at, parameter in enumerate(plain.parameters))
    is_void = full.returns in {"void", "{}"}
    call = f"call {full.returns} {plain.name}({passed})"
    end = ["  ret void" if full.returns == "void" else "  ret {} zeroinitializer"]
    body = [f"  {call}", *end] if is_void else [f"  %result = {call}", f"  ret {full.returns} %result"]
    return "\n".join([f"define weak hidden {full.returns} {plain.name}.len({named}) {{", *body, "}", ""])
