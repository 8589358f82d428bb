"""Every table and key a recipe may have. Parsing and the reference page both come from here."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from operator import attrgetter
from typing import TYPE_CHECKING

from wasmwright import names
from wasmwright.recipe import checks
from wasmwright.recipe.model import BuildSystem, BuildType, Exports
from wasmwright.sources.kinds.table import NAMED

if TYPE_CHECKING:
    from collections.abc import Callable

    from wasmwright.recipe.known import Known


class ValueKind(Enum):
    """The TOML type of a value, as messages and the reference call it."""

    TEXT = "string"
    TEXTS = "list of strings"
    TEXT_OR_TEXTS = "string or list of strings"
    TEXT_MAP = "table of strings"
    SETTINGS = "table of strings or lists of strings"
    SWITCH = "boolean"


@dataclass(frozen=True, kw_only=True)
class Key:
    """One key: its type, what it means, and how each of its texts is checked.

    `default` is TOML text for the reader; None with `required` false means that the key may be absent. `only` names the
    one type of build that the key has a meaning for. `choices` closes the set of strings; a list beside them is open.
    `known` is such a set that depends on the checkout.
    """

    name: str
    kind: ValueKind
    meaning: str
    example: str
    default: str | None = None
    required: bool = False
    only: BuildType | None = None
    choices: tuple[str, ...] = ()
    known: Callable[[Known], tuple[str, ...]] | None = None
    check: Callable[[str], str | None] | None = None
    check_key: Callable[[str], str | None] | None = None

    def chosen_from(self, known: Known) -> tuple[str, ...] | None:
        """The strings that are allowed, where they are a closed set."""
        return self.known(known) if self.known else self.choices or None


@dataclass(frozen=True, kw_only=True)
class Table:
    """One table with its keys. A `repeated` one is an array of tables."""

    name: str
    meaning: str
    keys: tuple[Key, ...]
    repeated: bool = False
    only: BuildType | None = None

    def key(self, name: str) -> Key | None:
        """The key of that name."""
        return next((key for key in self.keys if key.name == name), None)


_PACKAGE = Table(
    name="package",
    meaning="What is built. The first two keys are required; the others describe the package to people.",
    keys=(
        Key(
            name="name",
            kind=ValueKind.TEXT,
            required=True,
            check=names.fault,
            example='"numpy"',
            meaning="The name, in lower case with `-` (PEP 503), and the name of the folder in `pkgs/`.",
        ),
        Key(
            name="version",
            kind=ValueKind.TEXT,
            required=True,
            check=checks.version,
            example='"2.5.5"',
            meaning="The version upstream gave it (PEP 440). The lock says which file of the registry that is.",
        ),
        Key(
            name="summary",
            kind=ValueKind.TEXT,
            check=checks.single_line,
            example='"Arrays"',
            meaning="One line about it.",
        ),
        Key(
            name="license",
            kind=ValueKind.TEXT,
            check=checks.license_expression,
            example='"BSD-3-Clause"',
            meaning="The licence as an SPDX expression.",
        ),
        Key(
            name="homepage",
            kind=ValueKind.TEXT,
            check=checks.homepage,
            example='"https://numpy.org/"',
            meaning="Where to read about it.",
        ),
        Key(
            name="sets",
            kind=ValueKind.TEXTS,
            check=names.fault,
            default="[]",
            example='["science", "ci"]',
            meaning="Names of sets to choose packages by. `ci` has a meaning of its own: what `check` and "
            "`nix flake check` build; the others are built by `check --long`, or when they are asked for.",
        ),
        Key(
            name="profiles",
            kind=ValueKind.TEXTS,
            known=attrgetter("profiles"),
            example='["pyemscripten_2026_5"]',
            meaning="The profiles it can be built for, where that is not all; `profiles-reason` is then required.",
        ),
        Key(
            name="profiles-reason",
            kind=ValueKind.TEXT,
            check=checks.single_line,
            example='"needs sigaction, which no side module may call in the other one"',
            meaning="Why the other profiles are left out; with `profiles` only.",
        ),
        Key(
            name="hold",
            kind=ValueKind.TEXT,
            check=checks.single_line,
            example='"SciPy 1.18 wants NumPy below 2.6"',
            meaning="Why it stays at this version: `wasmwright update` leaves it alone, and tells the reason.",
        ),
        Key(
            name="disabled",
            kind=ValueKind.TEXT,
            check=checks.single_line,
            example='"upstream dropped 32-bit platforms"',
            meaning="Why nothing builds it for now. What takes all packages leaves it out; by name it is refused.",
        ),
    ),
)


def _kind_keys() -> tuple[Key, ...]:
    """The keys that name a source, kind by kind. Which go together is not said here."""
    options = [option for kind in NAMED for option in kind.options]
    return tuple(
        Key(
            name=option.name,
            kind=ValueKind.TEXT,
            check=option.check,
            default=None if option.default is None else f'"{option.default}"',
            example=option.example,
            meaning=option.meaning,
        )
        for option in options
    )


_SOURCE = Table(
    name="source",
    meaning=f"Where the source comes from: exactly one of {', '.join(f'`{kind.key}`' for kind in NAMED)}. "
    "`wasmwright lock` pins the file by hash.",
    keys=(
        *_kind_keys(),
        Key(
            name="folder",
            kind=ValueKind.TEXT,
            check=checks.relative_folder,
            example='"python"',
            meaning="The folder in the source that holds the project, where that is not its top.",
        ),
        Key(
            name="patches",
            kind=ValueKind.TEXTS,
            check=checks.patch,
            default="[]",
            example='["0001-no-fork.patch"]',
            meaning="Files in the recipe's folder `patches/`, applied in this order with `patch -p1`.",
        ),
    ),
)

_FURTHER = Table(
    name="source.more",
    repeated=True,
    meaning="A source beside the first one, such as the content of a submodule, or a data file. It has the same keys, "
    "and a `version` of its own.",
    keys=(
        *_kind_keys(),
        Key(
            name="version",
            kind=ValueKind.TEXT,
            check=checks.registry_version,
            example='"1.0.3"',
            meaning="The version of this source; not with `github`.",
        ),
        Key(
            name="into",
            kind=ValueKind.TEXT,
            required=True,
            check=checks.relative_folder,
            example='"third_party/highs"',
            meaning="The folder in the first source that it is unpacked into.",
        ),
        Key(
            name="unpack",
            kind=ValueKind.SWITCH,
            default="true",
            example="false",
            meaning="`false` for a file that is not unpacked; `into` is then its name.",
        ),
    ),
)

_BUILD = Table(
    name="build",
    meaning="How it is built. A wheel needs none of these keys when its own back end does everything right. In "
    "`flags`, `cflags`, `cxxflags`, `ldflags`, `env` and `config-settings`, `{host:NAME}` stands for the folder of the "
    'library NAME of `dependencies.host`, as in `env = { HDF5_DIR = "{host:hdf5}" }`; other braces are as they are.',
    keys=(
        Key(
            name="type",
            kind=ValueKind.TEXT,
            choices=tuple(BuildType),
            default='"wheel"',
            example='"library"',
            meaning="A `wheel` is built by the project's own PEP 517 back end; a `library` gives headers and archives.",
        ),
        Key(
            name="system",
            kind=ValueKind.TEXT,
            choices=tuple(BuildSystem),
            only=BuildType.LIBRARY,
            example='"autotools"',
            meaning="What configures and compiles the library. A library has to name it.",
        ),
        Key(
            name="config-settings",
            kind=ValueKind.SETTINGS,
            check_key=checks.single_line,
            only=BuildType.WHEEL,
            default="{}",
            example='{ "setup-args" = ["-Dallow-noblas=true"] }',
            meaning="PEP 517 configuration settings for the back end.",
        ),
        Key(
            name="flags",
            kind=ValueKind.TEXTS,
            only=BuildType.LIBRARY,
            default="[]",
            example='["--static"]',
            meaning="Arguments for the library's configure step (for `make`: for make itself).",
        ),
        Key(
            name="cflags",
            kind=ValueKind.TEXTS,
            default="[]",
            example='["-DNDEBUG"]',
            meaning="More arguments for the C compiler, after those of the ABI.",
        ),
        Key(
            name="cxxflags",
            kind=ValueKind.TEXTS,
            default="[]",
            example='["-std=c++20"]',
            meaning="More arguments for the C++ compiler.",
        ),
        Key(
            name="ldflags",
            kind=ValueKind.TEXTS,
            default="[]",
            example='["-lz"]',
            meaning="More arguments for the linker.",
        ),
        Key(
            name="env",
            kind=ValueKind.TEXT_MAP,
            check_key=checks.variable,
            default="{}",
            example='{ PKG_NO_ASM = "1" }',
            meaning="Variables of the build's environment. They come before those that builds have, such as the "
            "version for tools that would ask git.",
        ),
        Key(
            name="exports",
            kind=ValueKind.TEXT_OR_TEXTS,
            choices=tuple(Exports),
            check=checks.symbol,
            only=BuildType.WHEEL,
            default='"pyinit"',
            example='["PyInit_core", "core_api"]',
            meaning="What each compiled module exports: its `PyInit_` function, all symbols, or the symbols listed.",
        ),
        Key(
            name="shared",
            kind=ValueKind.TEXTS,
            check=checks.side_module,
            only=BuildType.LIBRARY,
            default="[]",
            example='["libopenblas.so"]',
            meaning=(
                "Side modules in the library's folder `lib` that wheels load when they run. They come in a wheel of "
                "their own, which wheels that need one of them then require."
            ),
        ),
        Key(
            name="requires",
            kind=ValueKind.TEXTS,
            check=checks.requirement,
            only=BuildType.WHEEL,
            default="[]",
            example='["setuptools>=80"]',
            meaning="Build requirements beside those that the project itself declares; also what its back end asks for "
            "while it runs, which a build that fails tells.",
        ),
        Key(
            name="without",
            kind=ValueKind.TEXTS,
            check=names.fault,
            only=BuildType.WHEEL,
            default="[]",
            example='["cmake"]',
            meaning="Build requirements of the project to leave out, for example as a native tool stands in for them.",
        ),
        Key(
            name="tools",
            kind=ValueKind.TEXTS,
            known=attrgetter("tools"),
            default="[]",
            example='["cmake", "ninja"]',
            meaning="Native tools of the toolchain that the build calls. `flang` is the Fortran compiler `wasm-flang` "
            "with the Fortran runtime, which is large to fetch; `flang-compiler` is the compiler alone, for Fortran "
            'without input, output and array intrinsics. With `autotools`, `system = "autotools"` makes `configure` '
            "anew from the project's `configure.ac`. `native-cc` has the compilers `cc` and `c++` for the machine that "
            "builds, for programs that generate code; variables such as `CC_FOR_BUILD` name them. `pkgconf` tells what "
            "static libraries need themselves, without being asked to.",
        ),
    ),
)

_DEPENDENCIES = Table(
    name="dependencies",
    meaning="Other recipes, by name.",
    keys=(
        Key(
            name="host",
            kind=ValueKind.TEXTS,
            check=names.fault,
            default="[]",
            example='["zlib"]',
            meaning="Recipes whose headers and libraries the build needs, compiled for WebAssembly.",
        ),
        Key(
            name="run",
            kind=ValueKind.TEXTS,
            check=names.fault,
            only=BuildType.WHEEL,
            default="[]",
            example='["numpy"]',
            meaning="Recipes of the wheels that have to be installed to use this one.",
        ),
        Key(
            name="requires",
            kind=ValueKind.TEXTS,
            check=checks.requirement,
            only=BuildType.WHEEL,
            default="[]",
            example='["attrs>=20"]',
            meaning="Requirements of the wheel that its source does not tell, of projects without a recipe. What it "
            "tells (`PKG-INFO`, `project.dependencies`) is pinned without being named here, as pure wheels.",
        ),
        Key(
            name="without",
            kind=ValueKind.TEXTS,
            check=names.fault,
            only=BuildType.WHEEL,
            default="[]",
            example='["blosc2"]',
            meaning="Requirements that the source tells, and the wheel has not, as a patch takes them out: they are "
            "not pinned. One that is left in the wheel fails the import test.",
        ),
    ),
)

_TESTS = Table(
    name="tests",
    only=BuildType.WHEEL,
    meaning="What shows that the wheel works. A `test_import.py` in the recipe's folder is run too, unnamed.",
    keys=(
        Key(
            name="imports",
            kind=ValueKind.TEXTS,
            check=checks.import_name,
            example='["numpy", "numpy.linalg"]',
            meaning="Modules that have to import. A wheel names at least one.",
        ),
        Key(
            name="requires",
            kind=ValueKind.TEXTS,
            check=checks.requirement,
            default="[]",
            example='["pytest"]',
            meaning="What the package's own tests need; pure Python wheels only.",
        ),
        Key(
            name="split",
            kind=ValueKind.TEXTS,
            check=checks.glob,
            default="[]",
            example='["**/tests/**"]',
            meaning="Files moved from the wheel to a second one, `NAME_tests`.",
        ),
        Key(
            name="folders",
            kind=ValueKind.TEXTS,
            check=checks.relative_folder,
            default="[]",
            example='["tests"]',
            meaning="Folders of the source with tests that no wheel has. For a suite each lies beside the package, by "
            "its own name, as if it were installed: `--pyargs tests` runs it. They are as upstream has them, without "
            "the recipe's patches, and nothing is built anew for them.",
        ),
    ),
)

_SUITE = Table(
    name="tests.suite",
    repeated=True,
    only=BuildType.WHEEL,
    meaning="A part of the package's own tests. Parts are run one by one, each in a fresh runtime.",
    keys=(
        Key(
            name="name",
            kind=ValueKind.TEXT,
            required=True,
            check=names.fault,
            example='"linalg"',
            meaning="How reports call it; unlike the other parts.",
        ),
        Key(
            name="args",
            kind=ValueKind.TEXTS,
            required=True,
            example='["--pyargs", "numpy.linalg"]',
            meaning="Arguments for pytest. `{folder:NAME}` is the place of that folder of `folders`: tests that import "
            'modules beside them want `"-o", "pythonpath={folder:tests}"`.',
        ),
    ),
)

TABLES = (_PACKAGE, _SOURCE, _FURTHER, _BUILD, _DEPENDENCIES, _TESTS, _SUITE)


def table(name: str) -> Table:
    """The table of that name, which has to be one of TABLES."""
    return next(entry for entry in TABLES if entry.name == name)
