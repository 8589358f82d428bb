"""From the IR that flang makes for a 32-bit target with wasm32's data layout to IR for wasm32: pure."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from wasmwright.fortran import characters, intrinsics, pointers, results, thunks, trampolines
from wasmwright.fortran.errors import Unsupported
from wasmwright.fortran.irmodule import Function, parse_module
from wasmwright.fortran.irtext import Malformed, Parameter, Signature, after_type, replace_names
from wasmwright.fortran.layout import fold_products, named_types, size_of_contents
from wasmwright.fortran.survey import survey

if TYPE_CHECKING:
    from collections.abc import Iterator

    from wasmwright.fortran.characters import Lengths
    from wasmwright.fortran.irmodule import IrModule
    from wasmwright.fortran.survey import Calls

# The layout of clang 22's wasm32-unknown-emscripten, and of what flang is asked for: structures are the same in both.
LAYOUT = "e-m:e-p:32:32-p10:8:8-p20:8:8-i64:64-i128:128-n32:64-S128-ni:1:10:20"
TRIPLE = "wasm32-unknown-emscripten"
SOURCE_TRIPLE = "i686-unknown-nacl"

_DEBUG = re.compile(r", !dbg !\d+")
_HEADER_DEBUG = re.compile(r" ?!dbg !\d+")
_CPU = re.compile(r' ?"(?:target|tune)-(?:cpu|features)"="[^"]*"')
_PLACED = re.compile(r"\b(?:byval|sret)\(")
_GLOBAL_NAME = re.compile(r"@[-a-zA-Z$._0-9]+")
_BLOCK = re.compile(r"@((?!_Q)\w+_|__BLNK__)$")
_COMMON = re.compile(r"@((?!_Q)\w+_|__BLNK__) = (?:common )?global (.*)")
_LINKAGE = re.compile(r"(?:common|external|internal|private|linkonce|linkonce_odr|weak|weak_odr) ")
_NUMBER = re.compile(r"^!(\d+) = ", re.MULTILINE)
# The name of the source, for messages of the runtime: the only text constants that end in a zero.
_SOURCE_NAME = re.compile(r'^@(_QQcl\w+) = linkonce constant \[\d+ x i8\] c"(/[^"\\]*)\\00"', re.MULTILINE)


@dataclass(frozen=True, kw_only=True, slots=True)
class Options:
    """What the command line decides.

    With `hidden_lengths` every CHARACTER argument has its length, also for C. `star_lengths` are external procedures of
    other files known to have CHARACTER*(*) dummies; with `constant_lengths`, all others are known to have none.
    `visibility` says what other side modules see: `procedures` (external ones), all (`default`) or nothing (`hidden`).
    """

    hidden_lengths: bool = False
    constant_lengths: bool = False
    visibility: str = "procedures"
    star_lengths: tuple[str, ...] = characters.STAR_LENGTHS


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
    def __init__(self, module: IrModule, options: Options, source: str) -> None:
        self.module = module
        self.options = options
        self.source = source
        self._refuse_unknown()
        _widen(module)
        self.types = named_types(module.head)
        self.facts = survey(module, self.types)
        # What calls in this module want of functions, of NAME.len among them; and procedures whose address is taken.
        self.wanted: dict[str, Signature] = {}
        self.addressed: set[str] = set()
        self.trampolined: set[str] = set()

    def run(self) -> str:
        module = self.module
        module.functions = [self._function(*pair) for pair in zip(module.functions, self.facts.calls, strict=True)]
        commons = [
            (found.group(1), self._size(found.group(2))) for line in module.head if (found := _COMMON.match(line))
        ]
        module.head = [self._global(line) for line in module.head]
        self._declare()
        module.tail = [_CPU.sub("", line) for line in module.tail if not line.startswith("!llvm.dbg.cu")]
        return module.text() + "\n".join(self._added(commons))

    def _refuse_unknown(self) -> None:
        for name in self.module.declarations:
            if name.startswith("@llvm.") and (reason := intrinsics.refusal(name)) is not None:
                line = next((line for line in self._lines() if f"{name}(" in line), "")
                raise self._unsupported(line, f"{name[1:]} has no counterpart in WebAssembly: {reason}")
        for line in self._lines():
            if "x86_fp80" in line:
                hint = "REAL(8), or REAL(16) for more digits, work"
                raise self._unsupported(line, "REAL(10) does not exist in WebAssembly", hint=hint)
            if " asm " in line:
                raise self._unsupported(line, "assembly of another processor")

    def _lines(self) -> Iterator[str]:
        for function in self.module.functions:
            yield from function.lines
            yield str(function.signature)
        yield from self.module.head
        yield from map(str, self.module.declarations.values())

    def _unsupported(self, line: str, what: str, *, hint: str | None = None) -> Unsupported:
        return Unsupported(f"{self.module.place(line) or self.source}: {what}", hint=hint)

    # Definitions

    def _function(self, function: Function, calls: Calls) -> Function:
        signature, lines = function.signature, self._body(function, calls)
        entry = f"{len(signature.parameters)}:"
        signature = replace(signature, parameters=tuple(_plain(parameter) for parameter in signature.parameters))
        begin = [results.ALLOCATE_SLOT] if any(results.SLOT in line for line in lines) else []
        shift = int(function.name in self.facts.complex_names and signature.returns == "i64")
        if shift:
            signature, lines = results.complex_signature(signature, results.RESULT), results.complex_body(lines)
        elif signature.returns == results.BOX:
            length = signature.parameters[1].value
            signature = results.character_signature(signature, "%wasm.length")
            lines = results.character_body(lines, length)
        lengths = self.facts.lengths.get(function.name)
        if lengths is not None and self._is_without(function.name):
            signature, lines = _without_lengths(signature, lines, lengths, shift=shift)
        made = [
            (call.parameters[1].value, call.parameters[0].value)
            for call in calls.by_line.values()
            if call.name == trampolines.INIT
        ]
        if made:
            self.trampolined |= {procedure for procedure, _ in made}
            lines = trampolines.released(lines, made)
            # Frames tell whose a slot is: each host needs one of its own.
            signature = replace(signature, after=f" noinline{signature.after}")
        if function.name == "@main":
            signature = replace(signature, before="define internal ", name=thunks.MAIN_INSIDE)
        return Function(self._header(signature), [entry, *begin, *lines])

    def _is_without(self, name: str) -> bool:
        """Whether a definition of this module with CHARACTER dummies takes no hidden lengths."""
        if name in self.facts.bound:
            return True
        # A replacement of XERBLA, say, may have a dummy of constant length; its callers pass the length all the same.
        is_without = not self.options.hidden_lengths and name[1:-1] not in self.options.star_lengths
        return is_without and self.facts.lengths[name].are_constant

    def _header(self, signature: Signature) -> Signature:
        before = signature.before
        if self._is_hidden(signature.name) and not before.startswith("define internal "):
            before = f"{before}hidden "
        return replace(signature, before=before, after=_HEADER_DEBUG.sub("", signature.after))

    def _is_hidden(self, name: str, *, is_data: bool = False) -> bool:
        """Whether other side modules must not see a name.

        The dynamic linker has one table of addresses for all of them: modules, COMMON blocks and texts of one name in
        two packages would become one.
        """
        if self.options.visibility == "default" or name.startswith("@llvm."):
            return False
        return (
            name.startswith(("@_Q", "@_Fortran"))
            or (is_data and bool(_BLOCK.match(name)))
            or self.options.visibility == "hidden"
        )

    # Bodies

    def _body(self, function: Function, calls: Calls) -> list[str]:
        changed: list[str] = []
        for index, line in enumerate(function.lines):
            if "#dbg_" in line:
                continue
            call = calls.by_line.get(index)
            if call is not None:
                changed += self._call(function, call, index, calls)
            elif "@" in line or " mul (" in line:
                changed.append(self._addresses(fold_products(_DEBUG.sub("", line), self.types)))
            else:
                changed.append(_DEBUG.sub("", line) if "!dbg" in line else line)
        return changed

    def _call(self, function: Function, call: Signature, index: int, calls: Calls) -> list[str]:
        assigned = results.assigned_name(call.before)
        if call.name == trampolines.INIT:
            return trampolines.init(call, index)
        if call.name == trampolines.ADJUST:
            return trampolines.adjust(call, assigned)
        changed = replace(
            call,
            name=intrinsics.renamed(call.name),
            parameters=tuple(self._argument(parameter) for parameter in call.parameters),
            after=_DEBUG.sub("", call.after),
        )
        hidden = calls.hidden.get(index, 0)
        if hidden:
            changed = self._without_hidden(changed, hidden)
        if call.returns == "i64" and (index in calls.complex or call.name in self.facts.complex_names):
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
            self.wanted.setdefault(converted.name, replace(converted, variadic=False))
        return lines

    def _without_hidden(self, call: Signature, hidden: int) -> Signature:
        """The call as its callee wants it: lengths or none where that is known, else through `NAME.len`."""
        without = replace(call, parameters=call.parameters[:-hidden])
        if call.name in self.facts.lengths:
            return without if self._is_without(call.name) else call
        if call.name in self.facts.bound:
            return without
        if self.options.hidden_lengths or call.name[1:-1] in self.options.star_lengths:
            return call
        return without if self.options.constant_lengths else replace(call, name=f"{call.name}.len")

    def _argument(self, parameter: Parameter) -> Parameter:
        plain = _plain(parameter)
        return replace(plain, value=self._addresses(plain.value)) if "@" in plain.value else plain

    def _addresses(self, text: str) -> str:
        """A procedure with CHARACTER arguments is passed on as the one with lengths: who calls it passes all."""
        if self.options.hidden_lengths or "_" not in text:
            return text
        names = {name: f"{name}.len" for name in set(_GLOBAL_NAME.findall(text)) if self._has_lengths(name)}
        self.addressed |= names.keys()
        return replace_names(text, names) if names else text

    def _has_lengths(self, name: str) -> bool:
        is_known = name in self.facts.lengths or name in self.facts.called
        return is_known and name not in self.facts.bound and name[1:-1] not in self.options.star_lengths

    # All that is not a function

    def _size(self, text: str) -> int:
        return size_of_contents(text[: after_type(text, 0)], self.types)

    def _global(self, line: str) -> str:
        if line.startswith("target datalayout"):
            return f'target datalayout = "{LAYOUT}"'
        if line.startswith("target triple"):
            return f'target triple = "{TRIPLE}"'
        if not line.startswith("@"):
            return line
        name, equals, rest = line.partition(" = ")
        # wasm-ld knows no common symbols; of weak ones it takes the first.
        linkage = _LINKAGE.match(rest)
        words = (linkage.group() if linkage is not None else "").replace("common ", "weak ")
        rest = rest[linkage.end() :] if linkage is not None else rest
        if self._is_hidden(name, is_data=True) and words not in {"internal ", "private "}:
            words += "hidden "
        return name + equals + words + self._addresses(fold_products(_DEBUG.sub("", rest), self.types))

    def _declare(self) -> None:
        defined = {function.name for function in self.module.functions}
        left_out = {"@malloc", "@llvm.trap", trampolines.INIT, trampolines.ADJUST}
        hides = self.options.visibility != "default"
        declarations: dict[str, Signature] = {}
        for name, signature in self.module.declarations.items():
            if name in left_out:
                continue
            plain = replace(
                signature,
                name=intrinsics.renamed(name),
                before=_HEADER_DEBUG.sub("", signature.before)
                + ("hidden " if name.startswith("@_Q") and hides else ""),
                parameters=tuple(_plain(parameter) for parameter in signature.parameters),
            )
            declarations[plain.name] = _declared(plain, self.wanted.get(plain.name))
        for name in self._thunked():
            declarations[name] = _declaration(name, self._plain_thunk(name))
        self.module.declarations = {name: signature for name, signature in declarations.items() if name not in defined}

    def _thunked(self) -> list[str]:
        """The procedures for which this module has a weak `NAME.len`."""
        names = {name.removesuffix(".len") for name in self.wanted if name.endswith(".len")}
        constant = {name for name in self.addressed if name in self.facts.lengths and self._is_without(name)}
        return sorted(names | constant)

    def _plain_thunk(self, name: str) -> Signature:
        """What a weak `NAME.len` calls."""
        full = self._full(name)
        lengths = self.facts.lengths.get(name)
        hidden = len(lengths.hidden) if lengths is not None else self.facts.called[name]
        return replace(full, name=name, parameters=full.parameters[: len(full.parameters) - hidden])

    def _full(self, name: str) -> Signature:
        """The signature of `NAME.len`."""
        if f"{name}.len" in self.wanted:
            return self.wanted[f"{name}.len"]
        definition = next(function for function in self.module.functions if function.name == name).signature
        added = tuple(Parameter("i32", "", "") for _ in self.facts.lengths[name].hidden)
        return replace(definition, parameters=definition.parameters + (added if self._is_without(name) else ()))

    def _added(self, commons: list[tuple[str, int]]) -> Iterator[str]:
        """What the module did not have: thunks and aliases, helpers, the program's entry, the record of conventions."""
        defined = {function.name: function.signature for function in self.module.functions}
        for name in self._thunked():
            yield thunks.thunk(self._full(name), self._plain_thunk(name))
        for name in self.facts.lengths:
            if not self._is_without(name) and not self.options.hidden_lengths:
                yield thunks.alias(self._full(name), name)
        for name in sorted(self.trampolined):
            yield trampolines.definitions(defined[name], self._position_of_variables(name, defined[name]))
        if thunks.MALLOC in self.wanted:
            yield thunks.MALLOC_DEFINITION
        if thunks.MALLOC in self.wanted or self.trampolined:
            yield thunks.TRAP
        if thunks.MAIN_INSIDE in defined:
            yield thunks.MAIN
        if self.facts.lengths or self.facts.called or commons:
            numbers = [int(number) for number in _NUMBER.findall("\n".join(self.module.tail))]
            yield thunks.record(self._conventions(commons), numbers)

    def _position_of_variables(self, name: str, signature: Signature) -> int:
        """Where a nested procedure takes its host's variables, counted after its result moved among the parameters."""
        is_complex = name in self.facts.complex_names and signature.returns == "void"
        return self.facts.nested[name] + int(is_complex)

    def _is_for_all(self, name: str) -> bool:
        """Whether C callers that pass lengths, and Fortran of either convention, can call a definition."""
        return not self.options.hidden_lengths and not self._is_without(name)

    def _conventions(self, commons: list[tuple[str, int]]) -> str:
        """What must be the same in all objects that are linked together.

        Procedures with their numbers of arguments and of lengths, COMMON blocks with their sizes. The audit reads it.
        """
        convention = "hidden" if self.options.hidden_lengths else "c"
        outside = self.facts.bound
        known = {name: len(lengths.hidden) for name, lengths in self.facts.lengths.items()}
        arguments = self.facts.arguments
        defined = sorted(
            f"{name[1:]}:{arguments[name]}+{known[name]}{'*' * self._is_for_all(name)}"
            for name in known
            if name not in outside
        )
        others = {name: count for name, count in self.facts.called.items() if name not in {*known, *outside}}
        called = sorted(f"{name[1:]}:{arguments[name]}+{count}" for name, count in others.items())
        blocks = sorted(f"{name}:{size}" for name, size in commons)
        return f"lengths={convention} defines={','.join(defined)} calls={','.join(called)} common={','.join(blocks)}"


def _widen(module: IrModule) -> None:
    types = pointers.widened(module.head)
    if types:
        # Types stand after the target, and before the constants that have them.
        begin = next(at for at, line in enumerate(module.head) if line.startswith("target triple")) + 1
        widened = [pointers.widen(line, types) for line in module.head]
        module.head = [*widened[:begin], pointers.DEFINITION, *widened[begin:]]
        for function in module.functions:
            function.lines = [pointers.widen(line, types) if "%_Q" in line else line for line in function.lines]


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
    constants = {signature.parameters[at].value: str(length.constant or 1) for at, length in dropped.items()}
    kept = tuple(parameter for at, parameter in enumerate(signature.parameters) if at not in dropped)
    changed = [replace_names(line, constants) if "insertvalue { ptr, i32 }" in line else line for line in lines]
    return replace(signature, parameters=kept), changed


def _declared(declaration: Signature, called: Signature | None) -> Signature:
    """The declaration, with the types that a call uses if they differ.

    Where it is passed on before it is called, flang declares it without arguments.
    """
    if called is None or declaration.variadic:
        return declaration
    types = tuple(parameter.type for parameter in declaration.parameters)
    wanted = tuple(parameter.type for parameter in called.parameters)
    if types == wanted and declaration.returns == called.returns:
        return declaration
    return _declaration(declaration.name, called)


def _declaration(name: str, called: Signature) -> Signature:
    parameters = tuple(Parameter(parameter.type, "", "") for parameter in called.parameters)
    return Signature("declare ", called.returns, "", name, parameters, called.variadic, "")
