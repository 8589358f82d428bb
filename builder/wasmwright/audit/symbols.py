"""Resolves what a side module imports, as the runtime's dynamic linker would, and compares the types."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from wasmwright.audit import fortranruntime
from wasmwright.audit.findings import Code, Finding
from wasmwright.audit.fortran import SECTION, passed_lengths
from wasmwright.wasm.model import BINDING_WEAK, FunctionType, GlobalType

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from wasmwright.wasm.model import ExternType, Import, Module

# The dynamic linker makes these for each module.
_OF_LINKER = {"__memory_base": "i32", "__table_base": "i32"}
# How an import was found right; a weak one may stay unresolved.
COUNTED = ("by type", "by name", "address", "weak")
_FUNCTION_MODULES = {"env", "wasi_snapshot_preview1"}
JS_EXCEPTIONS = re.compile(
    r"invoke_[vijfdpe]+|__cxa_find_matching_catch(_\d+)?|_?emscripten_(throw_)?longjmp|__resumeException|llvm_eh_typeid_for"
    r"|(save|test)Setjmp"
)
_THREADS = re.compile(r"_*emscripten_(\w+_)?(thread|futex|proxy|notify_mailbox)\w*|__pthread_\w+_js|__wasm_init_tls")


@dataclass(frozen=True, kw_only=True)
class Provider:
    """Something that exports symbols; a function without a type is known by its name only."""

    name: str
    functions: Mapping[str, FunctionType | None] = field(default_factory=dict)
    globals: Mapping[str, GlobalType] = field(default_factory=dict)
    others: Mapping[tuple[str, str], ExternType] = field(default_factory=dict)

    @classmethod
    def of_module(cls, name: str, module: Module) -> Provider:
        """What a module exports."""
        functions: dict[str, FunctionType | None] = {}
        globals_: dict[str, GlobalType] = {}
        others: dict[tuple[str, str], ExternType] = {}
        for export in module.exports:
            if isinstance(export.type, FunctionType) and export.kind == "func":
                functions[export.name] = export.type
            elif isinstance(export.type, GlobalType):
                globals_[export.name] = export.type
            else:
                others[export.kind, export.name] = export.type
        return cls(name=name, functions=functions, globals=globals_, others=others)


@dataclass(frozen=True, kw_only=True)
class Resolver:
    """Looks symbols up in `providers`, first come first served; `siblings` are only for hints: who exports a symbol."""

    providers: Sequence[Provider]
    siblings: Mapping[str, str] = field(default_factory=dict)
    counts: Counter[str] = field(default_factory=Counter)

    def check(self, member: str, module: Module) -> Iterator[Finding]:
        """The imports of `module` that will not work."""
        flags = module.dylink.import_flags if module.dylink else {}
        weak = {name for (_, name), value in flags.items() if value & BINDING_WEAK}
        lengths = passed_lengths(module.notes.get(SECTION, b""))
        for imported in module.imports:
            if JS_EXCEPTIONS.fullmatch(imported.name):
                message = f"imports {imported.name}, of the exceptions that JavaScript makes"
                yield Finding(code=Code.JS_EXCEPTIONS, member=member, message=message)
                continue
            fault = self._fault(imported) or self._lengths_fault(imported, lengths)
            if fault is None or (fault[0] is Code.UNRESOLVED and imported.name in weak):
                self.counts["weak"] += fault is not None
                continue
            yield Finding(code=fault[0], member=member, message=fault[1], hint=self._hint(*fault, imported.name))

    def _fault(self, imported: Import) -> tuple[Code, str] | None:
        if imported.module in {"GOT.mem", "GOT.func"}:
            return self._address_fault(imported)
        if imported.module not in _FUNCTION_MODULES:
            return Code.UNRESOLVED, f"imports {imported.name} from `{imported.module}`, which no side module can"
        if imported.kind == "func":
            return self._function_fault(imported)
        if imported.kind == "global":
            return self._global_fault(imported)
        if imported.kind == "tag":
            return self._other_fault(imported)
        # The memory and the table are the runtime's; whether the memory is shared is looked at elsewhere.
        return None

    def _function_fault(self, imported: Import) -> tuple[Code, str] | None:
        for provider in self.providers:
            if imported.name in provider.functions:
                exported = provider.functions[imported.name]
                self.counts["by name" if exported is None else "by type"] += 1
                if exported is None or exported == imported.type:
                    return None
                message = f"imports {imported.name} as {imported.type} but {provider.name} exports {exported}"
                return Code.SIGNATURE, message
            if imported.name in provider.globals:
                return Code.KIND, f"calls {imported.name}, which is data in {provider.name}"
        if _THREADS.fullmatch(imported.name):
            return Code.THREADS, f"imports {imported.name}, which only a runtime with threads has"
        return Code.UNRESOLVED, f"imports {imported.name} as {imported.type}, which nothing exports"

    def _address_fault(self, imported: Import) -> tuple[Code, str] | None:
        is_function = imported.module == "GOT.func"
        for provider in self.providers:
            has_function, has_data = imported.name in provider.functions, imported.name in provider.globals
            if has_function or has_data:
                self.counts["address"] += 1
                if has_function is is_function:
                    return None
                wanted, found = ("function", "data") if is_function else ("data", "a function")
                return (
                    Code.KIND,
                    f"takes the address of the {wanted} {imported.name}, which is {found} in {provider.name}",
                )
        kind = "function" if is_function else "data"
        return Code.UNRESOLVED, f"takes the address of the {kind} {imported.name}, which nothing exports"

    def _lengths_fault(self, imported: Import, lengths: Mapping[str, tuple[int, int]]) -> tuple[Code, str] | None:
        """Fortran that is called through its address, of which no type is known here."""
        if imported.module != "GOT.func" or imported.name not in lengths:
            return None
        arguments, passed = lengths[imported.name]
        provider = next(provider for provider in self.providers if imported.name in provider.functions)
        exported = provider.functions[imported.name]
        if exported is None or len(exported.params) != arguments:
            return None
        message = f"passes {imported.name} {passed} lengths after its {arguments} arguments"
        return Code.FORTRAN_LENGTHS, f"{message} but {provider.name} exports {exported}"

    def _global_fault(self, imported: Import) -> tuple[Code, str] | None:
        if imported.name in _OF_LINKER:
            return None
        for provider in self.providers:
            exported = provider.globals.get(imported.name)
            if exported is not None and exported == imported.type:
                self.counts["by type"] += 1
                return None
            if exported is not None:
                message = (
                    f"imports the global {imported.name} as {imported.type} but {provider.name} exports {exported}"
                )
                return Code.SIGNATURE, message
        return Code.UNRESOLVED, f"imports the global {imported.name}, which nothing exports"

    def _other_fault(self, imported: Import) -> tuple[Code, str] | None:
        for provider in self.providers:
            exported = provider.others.get((imported.kind, imported.name))
            if exported is not None and exported != imported.type:
                message = f"imports the tag {imported.name} as {imported.type} but {provider.name} exports {exported}"
                return Code.SIGNATURE, message
            if exported is not None:
                self.counts["by type"] += 1
                return None
        return Code.UNRESOLVED, f"imports the tag {imported.name}, which nothing exports"

    def _hint(self, code: Code, _message: str, name: str) -> str:
        if code is not Code.UNRESOLVED:
            return ""
        if name in self.siblings:
            return f"{self.siblings[name]} exports it, but nothing says that it is needed: link against it"
        return fortranruntime.hint(name)
