"""What all profiles share: compilers, tools, the shell, the private Nix. As written in `nix/toolchain/base.toml`."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from wasmwright.lock.tables import raise_faults, read_tables
from wasmwright.lock.wishes import Machine, Purpose, Wishes, read_wishes

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

    from wasmwright.lock.tables import TomlTable


@dataclass(frozen=True, kw_only=True)
class CompilerVersions:
    """Versions, and what one version needs said. `python` runs Emscripten and our own programs."""

    emscripten: str
    llvm: str
    flang: str
    gcc: str
    python: str
    emcc_flags: tuple[str, ...]
    program_ldflags: tuple[str, ...]
    python_options: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class Tool:
    """What a tool that recipes may ask for consists of: names of roots and of tarballs."""

    roots: tuple[str, ...]
    tarballs: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class Toolchain:
    """The base, as far as it is no profile's. `systems` are the tools that build systems of libraries imply."""

    machine: Machine
    compiler: CompilerVersions
    wishes: Wishes
    tools: Mapping[str, Tool]
    systems: Mapping[str, tuple[str, ...]]

    def roots_for(self, purpose: Purpose) -> frozenset[str]:
        """The roots that serve `purpose` only."""
        return frozenset(name for name, root in self.wishes.roots.items() if root.purpose is purpose)

    def wheels_for(self, purpose: Purpose) -> frozenset[str]:
        """The wheels that serve `purpose` only."""
        return frozenset(name for name, wheel in self.wishes.wheels.items() if wheel.purpose is purpose)

    def roots_of_builds(self, tools: Iterable[str]) -> frozenset[str]:
        """The roots that every build has, and those of `tools`."""
        of_tools = {root for tool in self.tools.values() for root in tool.roots}
        every = {name for name, root in self.wishes.roots.items() if root.purpose is None and name not in of_tools}
        return frozenset(every.union(*(self.tools[tool].roots for tool in tools)))

    def wheels_of_builds(self) -> frozenset[str]:
        """The wheels that serve nothing else."""
        return frozenset(name for name, wheel in self.wishes.wheels.items() if wheel.purpose is None)

    def tarballs_of_builds(self, tools: Iterable[str]) -> frozenset[str]:
        """The tarballs of `tools`."""
        return frozenset(tarball for tool in tools for tarball in self.tools[tool].tarballs)


def base_path(root: Path) -> Path:
    """The file of the checkout `root`."""
    return root / "nix/toolchain/base.toml"


def base_lock_path(root: Path) -> Path:
    """Its lock."""
    return base_path(root).with_suffix(".lock.json")


def read_base(path: Path) -> Toolchain:
    """Read and check the base. Raises InvalidProfile with all mistakes in it."""
    document = read_tables(path, hint="restore it with git")
    debian, compiler = document.table("debian"), document.table("compiler")
    toolchain = Toolchain(
        machine=Machine(
            architecture=debian.text("architecture"),
            component=debian.text("component"),
            platforms=debian.texts("platforms"),
        ),
        compiler=CompilerVersions(
            emscripten=compiler.text("emscripten"),
            llvm=compiler.text("llvm"),
            flang=compiler.text("flang"),
            gcc=compiler.text("gcc"),
            python=compiler.text("python"),
            emcc_flags=compiler.texts("emcc-flags"),
            program_ldflags=compiler.texts("program-ldflags"),
            python_options=compiler.texts("python-options"),
        ),
        wishes=read_wishes(document, is_base=True),
        tools={name: _tool(table) for name, table in document.table("tools").all_tables().items()},
        systems={name: _implied_tools(table) for name, table in document.table("systems").all_tables().items()},
    )
    for table in (debian, compiler, document):
        table.done()
    raise_faults(path, document.faults or list(_unknown_parts(toolchain)))
    return toolchain


def _tool(table: TomlTable) -> Tool:
    tool = Tool(roots=table.texts("roots"), tarballs=table.texts("tarballs", is_optional=True))
    table.done()
    return tool


def _implied_tools(table: TomlTable) -> tuple[str, ...]:
    tools = table.texts("tools")
    table.done()
    return tools


def _unknown_parts(toolchain: Toolchain) -> Iterable[str]:
    wishes = toolchain.wishes
    for name, tool in toolchain.tools.items():
        for kind, wanted, known in (("roots", tool.roots, wishes.roots), ("tarballs", tool.tarballs, wishes.tarballs)):
            for part in wanted:
                if part not in known:
                    yield f"tools.{name}.{kind} names {part}; known: {', '.join(sorted(known))}"
    for system, implied in toolchain.systems.items():
        for each in implied:
            if each not in toolchain.tools:
                yield f"systems.{system}.tools names {each}; known: {', '.join(sorted(toolchain.tools))}"
