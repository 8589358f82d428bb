"""A profile: the ABI of one runtime, as written in `nix/toolchain/profiles/NAME.toml`, and how profiles are found."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from wasmwright.errors import InvalidProfile
from wasmwright.files import openable, reason
from wasmwright.lock.tables import raise_faults, read_tables
from wasmwright.lock.wishes import read_wishes
from wasmwright.names import meant, quoted
from wasmwright.standards import is_version

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from wasmwright.lock.wishes import Wishes

_PREFIX = "pyemscripten_"


@dataclass(frozen=True, kw_only=True)
class Profile:
    """What decides whether a wheel fits the runtime.

    `python_full` is the version that the runtime itself says, `emscripten` the one it was linked with. `lacking` are
    functions of our C library that the runtime has not; `differing` those that mean something else there.
    """

    name: str
    platform: str
    python: str
    python_full: str
    python_tag: str
    emscripten: str
    target_platform: str
    sysconfigdata: str
    cflags: tuple[str, ...]
    lacking: tuple[str, ...]
    differing: tuple[str, ...]
    wishes: Wishes

    @property
    def short(self) -> str:
        """The name as people call it, and as derivations do."""
        return short_name(self.name)


def short_name(name: str) -> str:
    """The name of a profile without what all names start with."""
    return name.removeprefix(_PREFIX)


def profile_path(root: Path, name: str) -> Path:
    """The file of a profile of the checkout `root`."""
    return _folder(root) / f"{name}.toml"


def profile_lock_path(root: Path, name: str) -> Path:
    """The lock of a profile."""
    return profile_path(root, name).with_suffix(".lock.json")


def known_profiles(root: Path) -> tuple[str, ...]:
    """The names of all profiles."""
    return tuple(sorted(path.stem for path in _folder(root).glob("*.toml")))


def default_profile(root: Path) -> str:
    """The name of the profile that is meant when none is named. Raises InvalidProfile."""
    file = root / "nix/toolchain/default-profile"
    try:
        # Nix reads the same bytes: no other white space goes, nor does a carriage return.
        name = openable(file).read_bytes().decode().removesuffix("\n")
    except (OSError, UnicodeDecodeError) as error:
        message = f"{file} cannot be read: {reason(error)}"
        raise InvalidProfile(message, hint="restore it with git") from None
    known = known_profiles(root)
    if name not in known:
        message = f"{file} names {quoted(name)}, which is no profile"
        hint = f"{_names(known)}; the file holds one of these names and the end of its line, no space"
        raise InvalidProfile(message, hint=hint)
    return name


def find_profile(root: Path, text: str) -> str:
    """The name of the profile that `text` is a part of, such as `2026_0`. Raises InvalidProfile."""
    known = known_profiles(root)
    if text in known:
        return text
    found = [name for name in known if text and text in name]
    if len(found) == 1:
        return found[0]
    if found:
        message = f"{quoted(text)} may be any of the profiles {', '.join(found)}"
        raise InvalidProfile(message, hint="write more of the name")
    message = f"there is no profile {quoted(text)}"
    raise InvalidProfile(message, hint=meant(text, [*known, *map(short_name, known)], otherwise=_names(known)))


def read_profile(path: Path) -> Profile:
    """Read and check a profile. Raises InvalidProfile with all mistakes in it."""
    known = sorted(other.stem for other in path.parent.glob("*.toml"))
    document = read_tables(path, hint=_names(known))
    abi = document.table("abi")
    profile = Profile(
        name=path.stem,
        platform=abi.text("platform"),
        python=abi.text("python"),
        python_full=abi.text("python-full"),
        python_tag=abi.text("python-tag"),
        emscripten=abi.text("emscripten"),
        target_platform=abi.text("target-platform"),
        sysconfigdata=abi.text("sysconfigdata"),
        cflags=abi.texts("cflags"),
        lacking=abi.texts("lacking", is_optional=True),
        differing=abi.texts("differing", is_optional=True),
        wishes=read_wishes(document, is_base=False),
    )
    for table in (abi, document):
        table.done()
    raise_faults(path, document.faults or list(_contradictions(profile)))
    return profile


def _contradictions(profile: Profile) -> Iterable[str]:
    if not profile.python_full.startswith(f"{profile.python}."):
        yield f"abi.python-full is {profile.python_full}, which is no {profile.python}"
    if not is_version(profile.python_full):
        yield f"abi.python-full is {quoted(profile.python_full)}, which is not a version (PEP 440)"
    if profile.python_tag != f"cp{profile.python.replace('.', '')}":
        yield f"abi.python-tag is {profile.python_tag}, which is not that of {profile.python}"
    if "python" not in profile.wishes.roots:
        yield "roots.python is missing"
    if "pyodide" not in profile.wishes.npm:
        yield "npm.pyodide is missing"


def _folder(root: Path) -> Path:
    return root / "nix/toolchain/profiles"


def _names(known: Iterable[str]) -> str:
    return f"profiles: {', '.join(known) or 'none'}"
