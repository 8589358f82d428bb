"""How much is read of what others wrote: one table, one error.

What is real stays far below; what is beyond was made to fill the memory, the disk or an afternoon. Whoever reads
something foreign takes its limit from here, or adds one. It may be imported inside derivations and by the command line.
"""

from __future__ import annotations

from dataclasses import dataclass

from wasmwright.failure import WasmwrightError

KIB, MIB, GIB = 1 << 10, 1 << 20, 1 << 30
_UNITS = ((GIB, "GiB"), (MIB, "MiB"), (KIB, "KiB"))


@dataclass(frozen=True, kw_only=True)
class Limit:
    """The most of something that is read; `of_bytes` says that it is a size, for messages."""

    name: str
    most: int
    of_bytes: bool = False

    def __str__(self) -> str:
        return in_units(self.most) if self.of_bytes else f"{self.most:,}"

    def check(self, value: int, where: str) -> None:
        """Raise LimitExceeded if `value` is above the limit; `where` names the file, and the place in it."""
        if value > self.most:
            raise self.exceeded(where, in_units(value) if self.of_bytes else f"{value:,}")

    def exceeded(self, where: str, found: str = "more") -> LimitExceeded:
        """The error, for who notices it while reading."""
        return LimitExceeded(self, where, found)


class LimitExceeded(WasmwrightError):
    """Something foreign is larger, deeper or longer than what is read of such things."""

    exit_code = 47

    def __init__(self, limit: Limit, where: str, found: str) -> None:
        reason = f"{limit.name}: {found}, and no more than {limit} are read"
        super().__init__(
            f"{where}: {reason}",
            hint="no real file is like that: ask whoever made it; the limits are in builder/wasmwright/limits.py",
        )
        self.limit = limit
        self.reason = reason
        self.found = found


def in_units(size: int) -> str:
    """A number of bytes for people."""
    unit, name = next((unit for unit in _UNITS if size >= unit[0]), (1, "bytes"))
    return f"{size / unit:.1f}".removesuffix(".0") + f" {name}"


# Archives, wheels among them.
MEMBERS = Limit(name="files in an archive", most=200_000)
MEMBER_NAME = Limit(name="bytes in the name of a file in an archive", most=4096)
MEMBER_DEPTH = Limit(name="folders above a file in an archive", most=100)
MEMBER_SIZE = Limit(name="size of one file in an archive", most=GIB, of_bytes=True)
UNPACKED_SIZE = Limit(name="size of an archive's files together", most=8 * GIB, of_bytes=True)
# Of the list at the end of a zip archive, which is read at once.
ZIP_LISTING = Limit(name="size of the list of a zip archive's files", most=16 * MIB, of_bytes=True)
# How many times larger than itself an archive may become, from a size on that does no harm.
RATIO = Limit(name="size of an archive's files together, in times of its own", most=100)
RATIO_COUNTS_FROM = 64 * MIB

# Wheels: what the audit reads of each.
WHEEL_MEMBER_SIZE = Limit(name="size of one file in a wheel", most=256 * MIB, of_bytes=True)
WHEEL_SIZE = Limit(name="size of a wheel's files together", most=512 * MIB, of_bytes=True)
METADATA_SIZE = Limit(name="size of METADATA, WHEEL or RECORD", most=32 * MIB, of_bytes=True)
METADATA_FIELDS = Limit(name="lines before the text of METADATA or WHEEL", most=20_000)
WHEEL_TAGS = Limit(name="combinations of the tags of a wheel", most=1000)

# Libraries: their .pc and CMake files, and what is read of an archive.
BUILD_FILE_SIZE = Limit(name="size of a .pc or CMake file", most=4 * MIB, of_bytes=True)
ARCHIVE_SIZE = Limit(name="size of a library", most=GIB, of_bytes=True)

# WebAssembly: what V8 takes, or less.
WASM_SECTIONS = Limit(name="sections of a WebAssembly module", most=10_000)
WASM_ENTRIES = Limit(name="entries of a section of a WebAssembly module", most=1_000_000)
WASM_SYMBOLS = Limit(name="imports or exports of a WebAssembly module", most=200_000)
WASM_NAME = Limit(name="bytes in a name of a WebAssembly module", most=100_000)

# Texts: recipes, locks, projects, answers of registries.
TOML_SIZE = Limit(name="size of a TOML text", most=MIB, of_bytes=True)
TOML_DEPTH = Limit(name="lists and tables within each other in a TOML text", most=50)
KEY_PARTS = Limit(name="parts of a dotted key in a TOML text", most=20)
TOML_VALUES = Limit(name="values in a TOML text", most=20_000)
LOCK_SIZE = Limit(name="size of a lock", most=4 * MIB, of_bytes=True)
REPEATED_TABLES = Limit(name="tables of one kind in a recipe", most=500)
JSON_SIZE = Limit(name="size of a JSON text", most=32 * MIB, of_bytes=True)
JSON_DEPTH = Limit(name="lists and objects within each other in a JSON text", most=100)
JSON_VALUES = Limit(name="values in a JSON text", most=2_000_000)

# Registries: what they answer, and the files that they give.
SOURCE_SIZE = Limit(name="size of a source", most=64 * GIB, of_bytes=True)
PAGE_SIZE = Limit(name="size of a web page of an index", most=6 * MIB, of_bytes=True)
PAGE_TAGS = Limit(name="tags on a web page of an index", most=150_000)
PAGE_FILES = Limit(name="files on the page of a project", most=50_000)
# A file that is held in memory while it is pinned.
HELD_SIZE = Limit(name="size of a file that is looked into", most=256 * MIB, of_bytes=True)
# Of an archive's files, until the one that is looked for is found; unpacking takes a second for each 300 MB.
SEARCHED_SIZE = Limit(name="size of an archive's files before the one that is looked for", most=GIB, of_bytes=True)
TAR_HEADER = Limit(name="size of a header in a tar archive", most=MIB, of_bytes=True)

# Logs of builds. Of what is more, the last lines are kept, and a word says what is missing.
LOG_LINE = Limit(name="characters in a line of a build's log", most=MIB)
LOG_SIZE = Limit(name="size of a build's log", most=64 * MIB, of_bytes=True)
