"""What is looked at in the wheel around its modules: tags, RECORD, paths that leaked."""

from __future__ import annotations

import re
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from wasmwright.audit.findings import Code, Finding
from wasmwright.wheel.inspect import is_shared_object
from wasmwright.wheel.record import check_record

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from wasmwright.wheel.inspect import WheelInfo
    from wasmwright.wheel.tags import WheelName

# A store path with its hash: documentation may well speak of the store.
_STORE_PATH = re.compile(rb"/nix/store/[0-9a-df-np-sv-z]{32}-[\w+.?=-]*")
# The sandbox's folder, as an absolute path. What stands before is looked at last: a pattern that begins with a text is
# searched for twenty times as fast.
_BUILD_PATH = re.compile(rb"/build/(?<![\w./$})-]/build/)[\w.+-]+")
# Comments of C and its kin, and the texts that may hold what looks like one. All end with the file at the latest.
_C_COMMENTS = re.compile(
    rb"/\*.*?(?:\*/|\Z)|//[^\n]*|(?P<text>\"(?:\\.|[^\"\\\n])*\"?|'(?:\\.|[^'\\\n])*'?)", re.DOTALL
)
_PYTHON_COMMENTS = re.compile(rb"^[ \t]*#[^\n]*(?P<text>)", re.MULTILINE)
_COMMENTS = {
    **dict.fromkeys((".c", ".cc", ".cpp", ".cxx", ".h", ".hh", ".hpp", ".hxx"), _C_COMMENTS),
    **dict.fromkeys((".py", ".pyi", ".pyx", ".pxd", ".pxi"), _PYTHON_COMMENTS),
}
_SHOWN = 100
_MANY = 12
_PYTHON = re.compile(r"(cp|py)3([0-9]{0,3})")


def check_tags(wheel: WheelInfo, *, platform_tag: str, python_tag: str) -> Iterator[Finding]:
    """Whether name and WHEEL say what the runtime wants."""
    name = wheel.name
    info = f"{wheel.dist_info}/WHEEL"
    listed = wheel.wheel.get_all("Tag", [])
    if sorted(listed) != sorted(name.expanded_tags()):
        message = f"has the tags {_listed(listed) or 'none'}, the file name {_listed(name.expanded_tags())}"
        yield Finding(code=Code.TAG_LINES, member=info, message=message)
    if name.is_pure and not wheel.extensions:
        return
    python = "" if _fits(name.python, name.abi, python_tag) else f"is for {name.python}-{name.abi}"
    if name.platform != platform_tag:
        also = f", and {python}" if python else ""
        message = f"is for the platform {name.platform}{also}; the runtime takes {python_tag} and {platform_tag}"
        yield Finding(code=Code.PLATFORM_TAG, member=str(name), message=message)
    elif python:
        message = f"{python}, the runtime's Python is {python_tag}"
        yield Finding(code=Code.PYTHON_TAG, member=str(name), message=message)


def check_metadata(wheel: WheelInfo) -> Iterator[Finding]:
    """Whether METADATA tells of the distribution that the file name tells of."""
    fields = wheel.metadata
    for key, told in (("Name", wheel.name.distribution), ("Version", wheel.name.version)):
        values = [str(value).strip() for value in fields.get_all(key, [])]
        others = [value for value in values if not _agrees(wheel.name, key, value)]
        if others or len(values) != 1:
            said = " and ".join(f"`{value[:_SHOWN]}`" for value in values[:2]) or "none"
            message = f"has the {key} {said}, the file name {told}"
            yield Finding(code=Code.METADATA, member=f"{wheel.dist_info}/METADATA", message=message)


def _agrees(name: WheelName, key: str, value: str) -> bool:
    return name.is_of(value, name.version) if key == "Name" else name.is_of(name.distribution, value)


def check_paths(wheel: WheelInfo, archives: Sequence[Path] = ()) -> Iterator[Finding]:
    """Paths of the machine that built it, in any member; in a module they may come from one of the `archives`."""
    for member in sorted(wheel.members):
        yield from leaked_paths(member, wheel.members[member].data, archives if is_shared_object(member) else ())


def leaked_paths(member: str, data: bytes, archives: Sequence[Path] = ()) -> Iterator[Finding]:
    """Paths of the machine that built it, in a file; those in comments of a source harm nobody."""
    for code, pattern in ((Code.STORE_PATH, _STORE_PATH), (Code.BUILD_PATH, _BUILD_PATH)):
        anywhere = pattern.search(data)
        if anywhere is None:
            continue
        read = _without_comments(member, data)
        found = pattern.search(read)
        if found is None:
            message = f"holds the path {_shown(anywhere)} in a comment"
            yield Finding(code=Code.COMMENT_PATH, member=member, message=message)
            continue
        count = sum(1 for _ in pattern.finditer(read))
        message = f"holds the path {_shown(found)} ({count} time{'s' * (count > 1)})"
        holder = next((path for path in archives if found[0] in path.read_bytes()), None)
        hint = "" if holder is None else f"{holder} has it, which was linked: {code.hint}"
        yield Finding(code=code, member=member, message=message, hint=hint)


def _shown(found: re.Match[bytes]) -> str:
    return found[0][:_SHOWN].decode("ascii", errors="replace")


def _without_comments(member: str, data: bytes) -> bytes:
    pattern = _COMMENTS.get(PurePosixPath(member).suffix)
    return pattern.sub(lambda found: found["text"] or b" ", data) if pattern else data


def check_listing(wheel: WheelInfo) -> Iterator[Finding]:
    """Disagreements between RECORD and the files."""
    for fault in check_record(wheel.members, wheel.dist_info):
        yield Finding(code=Code.RECORD, member=fault.member, message=fault.message)


def _listed(tags: Sequence[str]) -> str:
    more = [f"{len(tags) - _MANY} more"] if len(tags) > _MANY else []
    return ", ".join([*tags[:_MANY], *more])


def _fits(pythons: str, abis: str, wanted: str) -> bool:
    """Whether the tags let the runtime's Python take the wheel."""
    minor = int(wanted.removeprefix("cp3"))
    return any(_takes(tag, abi, minor) for tag in pythons.split(".") for abi in abis.split("."))


def _takes(python: str, abi: str, minor: int) -> bool:
    """As pip: made for this very Python, for the stable ABI of one not newer, or without an ABI."""
    found = _PYTHON.fullmatch(python)
    if not found:
        return False
    is_newer, is_same = int(found[2] or 0) > minor, int(found[2] or 0) == minor
    if abi == "none":
        return not is_newer if found[1] == "py" else is_same
    return found[1] == "cp" and (not is_newer and bool(found[2]) if abi == "abi3" else abi == python and is_same)
