"""What packages of conda need, as ours say it."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from wasmwright.importing.findings import listed
from wasmwright.importing.foreign import Cited, Foreign
from wasmwright.names import normalize, quoted
from wasmwright.recipe.model import BuildSystem

if TYPE_CHECKING:
    from wasmwright.importing.fields import Field

_FUNCTION = re.compile(r"(\w+)\(([^,)]*)")
_NAME = re.compile(r"(?:[\w./-]+::)?([A-Za-z0-9_][A-Za-z0-9_.+-]*)\s*(.*)", re.DOTALL)
# There in every build, or of conda only.
_OURS = re.compile(
    r"python|python-abi|python-abi3|python-build|build|pip|cross-python.*|crossenv|libpython.*|sysroot.*|emscripten.*|make|patch|git|sed|"
    r"coreutils|findutils|diffutils|wget|curl|unzip|tar|gnuconfig|posix|m2-.*|gcc.*|gxx.*|clang.*|llvm.*|lld|binutils.*|"
    r"conda.*|binaryen|node.*|nodejs|which|file|bash|--.*|abi-.*|emsdk|pytester.*|libgcc.*|compiler-rt.*|lib[a-z]*cxx.*|ccache|"
    r"bitfurnace|gawk|grep|vs2.*|help2man|texinfo|gettext|gperf|libemscripten.*|wasm-.*|empack|pyjs.*"
)
_TOOLS = {
    **{name: name for name in ("cmake", "ninja", "perl", "m4", "bison", "flex", "meson", "pkgconf")},
    "pkg-config": "pkgconf",
    "gfortran": "flang",
    "flang": "flang",
    "yacc": "bison",
    "samurai": "ninja",
}
_FORTRAN_RUNTIME = {"libflang", "flang-rt", "libgfortran", "libgfortran5"}
_AUTOTOOLS = {"autoconf", "automake", "autoconf-archive"}
_RUST = re.compile(r"rust.*|cargo.*|maturin|setuptools-rust|puccinialin")
# Back ends and what they ask for: the project itself says so, and `lock` finds them in the index.
_BACK_ENDS = re.compile(
    r"setuptools.*|wheel|cython.*|hatch.*|flit.*|poetry.*|pdm.*|meson-python|scikit-build.*|pybind11.*|nanobind.*|versioneer.*|"
    r"versioningit|extension-helpers|pkgconfig|packaging|tomli|toml|oldest-supported-numpy|pythran|jupyter-packaging|cppy|"
    r"expandvars|sip|uv-build|whey|trove-classifiers|pathspec|pyproject-metadata|py-build-cmake|editables|calver|jinja2|"
    r"f90wrap|gast|beniget|ply|cffi-build|pbr|certifi|passagemath-(setup|environment|abi)|vcs-versioning|enscons|mesonpep517|"
    r"typing-extensions|importlib-metadata|distro|pyyaml-build|conan|numpy-stubs|jupyterlab-build"
)


@dataclass(kw_only=True)
class CondaNeeds:
    """The requirements of a recipe, list by list, before it is known whether it makes a wheel."""

    foreign: Foreign
    build: list[Cited] = field(default_factory=list)
    host: list[Cited] = field(default_factory=list)
    run: list[Cited] = field(default_factory=list)
    ours: dict[tuple[str, int | None], list[str]] = field(default_factory=dict)

    @property
    def names(self) -> set[str]:
        """All of them, without versions, as ours are written."""
        return {_name(said) for said in (*self.build, *self.host, *self.run)}

    @property
    def is_of_r(self) -> bool:
        """Whether it is a package of R."""
        return any(re.match(r"(cross-)?r-base\b", name) for name in self.names)

    @property
    def has_python(self) -> bool:
        """Whether a Python is needed to use it."""
        return any(_name(said) in {"python", "python-abi"} for said in (*self.run, *self.host))

    def take(self, known: dict[str, Field]) -> None:
        """Read the three lists."""
        for name, kept in (("build", self.build), ("host", self.host), ("run", self.run)):
            kept.extend(known[name].texts() if name in known else ())

    def carry(self) -> None:
        """Give all to the recipe, once it is known what it makes."""
        for said in self.build:
            self._built_with(said)
        for said in self.host:
            self._hosted(said)
        for said in self.run:
            self._run(said)
        for (key, line), names in self.ours.items():
            message = f"{listed(names)}: there in every build here, or of conda only"
            self.foreign.findings.note(message, key=key, line=line)

    def _is_ours(self, said: Cited) -> None:
        """Tell what wants nothing, once for each list."""
        first = next((where for where in self.ours if where[0] == said.key), (said.key, said.line))
        names = self.ours.setdefault(first, [])
        if said.text not in names:
            names.append(said.text)

    def _built_with(self, said: Cited) -> None:
        if self._function(said):
            return
        name = _name(said)
        foreign = self.foreign
        if _RUST.fullmatch(name):
            foreign.is_rust = True
        elif name in _TOOLS:
            foreign.add_tool(_TOOLS[name])
        elif name in _AUTOTOOLS and foreign.is_library:
            foreign.add_tool("autotools")
        elif name == "swig" and not foreign.is_library:
            foreign.requires.append(Cited(text="swig", line=said.line, key=said.key))
        elif _OURS.fullmatch(name) or name in _AUTOTOOLS or name.startswith("libtool"):
            self._is_ours(said)
        elif not foreign.is_library:
            self._note(said, f"`{name}`: what the project itself declares to need is what `lock` pins")
        else:
            self._note(said, f"`{name}` is no tool that builds here have: it is left out")

    def _hosted(self, said: Cited) -> None:
        if self._function(said):
            return
        name = _name(said)
        if _RUST.fullmatch(name):
            self.foreign.is_rust = True
        elif name in _TOOLS:
            self.foreign.add_tool(_TOOLS[name])
        elif name in _FORTRAN_RUNTIME:
            self.foreign.add_tool("flang")
            self._note(said, f"`{name}` comes with the tool `flang`")
        elif _OURS.fullmatch(name) or name.startswith("__"):
            self._is_ours(said)
        elif not self.foreign.is_library and _BACK_ENDS.fullmatch(name):
            self._note(said, f"`{name}`: what the project itself declares to need is what `lock` pins")
        else:
            self._need(said, run=False)

    def _run(self, said: Cited) -> None:
        if self._function(said):
            return
        if _OURS.fullmatch(_name(said)) or said.text.startswith("__") or _name(said) in _FORTRAN_RUNTIME:
            self._is_ours(said)
        else:
            self._need(said, run=True)

    def _need(self, said: Cited, *, run: bool) -> None:
        found = _NAME.match(said.text)
        if found is None:
            self.foreign.findings.person(f"{quoted(said.text)} names no package", key=said.key, line=said.line)
            return
        if found[2]:
            self._note(said, f"{quoted(said.text)}: which version is here, its own recipe says")
        self.foreign.need(Cited(text=normalize(found[1].strip("_+")), line=said.line, key=said.key), run=run)

    def _function(self, said: Cited) -> bool:
        """Whether it is a function of the build system: compilers are there, a pinned package is a package."""
        found = _FUNCTION.match(said.text)
        if found is None:
            return False
        match found[1], found[2]:
            case ("compiler", "fortran" | "fortran_flang" | "flang"):
                self.foreign.add_tool("flang")
            case ("compiler", "rust" | "rust-nightly"):
                self.foreign.is_rust = True
            case ("compiler", "c" | "cxx" | "m2w64_c" | "m2w64_cxx") | ("stdlib" | "cdt", _):
                self._is_ours(said)
            case ("compiler", language):
                message = f"no compiler here is for {quoted(language)}"
                self.foreign.findings.person(message, key=said.key, line=said.line)
            case ("pin_subpackage" | "pin_compatible", name):
                own = self.foreign.name
                if own is None or normalize(name) != normalize(own.text):
                    self._need(Cited(text=name, line=said.line, key=said.key), run=".run" in said.key)
            case _:
                self.foreign.findings.person(f"{quoted(said.text)} is not known", key=said.key, line=said.line)
        return True

    def system(self) -> BuildSystem | None:
        """What would configure and compile a library, by the tools that it wants."""
        names = self.names
        if "cmake" in names:
            return BuildSystem.CMAKE
        if "meson" in names:
            return BuildSystem.MESON
        if names & {*_AUTOTOOLS, "gnuconfig"} or any(name.startswith("libtool") for name in names):
            return BuildSystem.AUTOTOOLS
        return BuildSystem.MAKE if "make" in names else None

    def _note(self, said: Cited, message: str) -> None:
        self.foreign.findings.note(message, key=said.key, line=said.line)


def _name(said: Cited) -> str:
    if _FUNCTION.match(said.text):
        return ""
    found = _NAME.match(said.text)
    return normalize(found[1]) if found else ""
