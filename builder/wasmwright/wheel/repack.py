"""From the wheel that a back end made to those that are shipped: tags, tests apart, bytes that repeat."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from wasmwright.wheel.errors import InvalidWheel, OtherWheel
from wasmwright.wheel.glob import matcher
from wasmwright.wheel.inspect import Member, WheelInfo, parse_fields, read_wheel
from wasmwright.wheel.pack import pack
from wasmwright.wheel.scrub import scrub
from wasmwright.wheel.shared import connect, read_shared

if TYPE_CHECKING:
    from collections.abc import Sequence
    from email.message import Message
    from pathlib import Path

_VERSION_IN_SUFFIX = re.compile(r"\.cpython-(3\d+)t?-")
# The folder of the tests' wheel: who takes the wheels at the top of an output never meets it.
TESTS = "tests"
_COPIED_FIELDS = ("License-Expression", "License", "Author", "Home-page", "Project-URL", "Requires-Python")


@dataclass(frozen=True, kw_only=True)
class Expected:
    """What a wheel has to be: the name and version of its recipe."""

    name: str
    version: str


@dataclass(frozen=True, kw_only=True)
class Repacked:
    """The files written."""

    main: Path
    tests: Path | None


def repack(  # noqa: PLR0913 - options
    path: Path,
    *,
    expected: Expected | None = None,
    platform_tag: str,
    globs: Sequence[str],
    epoch: int,
    out: Path,
    shared: Sequence[Path] = (),
) -> Repacked:
    """Write `path` anew into `out`: for `platform_tag`, with the members matching `globs` in a wheel below `out/tests`.

    The tests keep their paths, so unpacking both wheels gives what the project built, but that programs of the store
    which text members name lose their folder, and that modules find the libraries in the wheels `shared`. `epoch` is in
    seconds since 1970. Raises OtherWheel for one that is not what is `expected`.
    """
    wheel = read_wheel(path)
    if expected:
        _check_identity(wheel, expected)
    whole = retag(replace(wheel, members=scrub(wheel.members)), platform_tag)
    whole = connect(whole, [read_shared(library) for library in shared])
    main, tests = split_tests(whole, globs)
    return Repacked(main=write(main, out, epoch), tests=write(tests, out / TESTS, epoch) if tests else None)


def _check_identity(wheel: WheelInfo, expected: Expected) -> None:
    """By its file name; whether METADATA agrees with that is the audit's to see."""
    if wheel.name.is_of(expected.name, expected.version):
        return
    found = f"{wheel.name.distribution} {wheel.name.version}"
    message = f"the build left {wheel.name}, which is {found}, and the recipe is of {expected.name} {expected.version}"
    hint = "correct `name` or `version` in the recipe; a version that the project takes from git has to be told to it"
    raise OtherWheel(message, hint=hint)


def retag(wheel: WheelInfo, platform_tag: str) -> WheelInfo:
    """The wheel for another platform, if it does not claim to run anywhere or holds a shared object all the same.

    Each of its tags gets a line of WHEEL, as the format has it: some back ends write `py2.py3-none-any` in one.
    """
    if wheel.name.is_pure and not wheel.extensions:
        return _with_single_tags(wheel)
    python = abi = None
    if wheel.extensions and wheel.name.abi == "none":
        python = abi = _cpython_tag(wheel)
    name = wheel.name.retagged(platform=platform_tag, python=python, abi=abi)
    fields = wheel.wheel
    del fields["Tag"]
    for tag in name.expanded_tags():
        fields["Tag"] = tag
    if wheel.extensions:
        del fields["Root-Is-Purelib"]
        fields["Root-Is-Purelib"] = "false"
    return _with_wheel(replace(wheel, name=name), _rendered(fields))


def _with_wheel(wheel: WheelInfo, data: bytes) -> WheelInfo:
    return replace(wheel, members={**wheel.members, f"{wheel.dist_info}/WHEEL": Member(data=data)})


def _with_single_tags(wheel: WheelInfo) -> WheelInfo:
    together = f"Tag: {wheel.name.tag}"
    singly = [f"Tag: {tag}" for tag in wheel.name.expanded_tags()]
    lines = wheel.members[f"{wheel.dist_info}/WHEEL"].data.decode("utf-8", "replace").splitlines()
    if len(singly) == 1 or together not in lines:
        return wheel
    written = [single for line in lines for single in (singly if line == together else [line])]
    return _with_wheel(wheel, "".join(f"{line}\n" for line in written).encode())


def split_tests(wheel: WheelInfo, globs: Sequence[str]) -> tuple[WheelInfo, WheelInfo | None]:
    """The wheel without the members that match `globs`, and a wheel of those; metadata never moves."""
    matches = matcher(globs)
    data = f"{wheel.dist_info.removesuffix('.dist-info')}.data/"
    fixed = (f"{wheel.dist_info}/", data)
    moved = {name for name in wheel.members if not name.startswith(fixed) and matches(name)}
    if not moved:
        return wheel, None
    main = replace(wheel, members={name: file for name, file in wheel.members.items() if name not in moved})
    if not any(not name.startswith(fixed) for name in main.members):
        message = f"{wheel.name}: the globs {', '.join(globs)} match every file"
        raise InvalidWheel(message, hint="narrow `split` in the recipe's [tests]")
    name = replace(wheel.name, distribution=f"{wheel.name.distribution}_tests")
    members = {path: wheel.members[path] for path in moved}
    members[f"{name.dist_info}/METADATA"] = Member(data=_tests_metadata(wheel))
    members[f"{name.dist_info}/WHEEL"] = wheel.members[f"{wheel.dist_info}/WHEEL"]
    return main, WheelInfo(name=name, dist_info=name.dist_info, members=members)


def _cpython_tag(wheel: WheelInfo) -> str | None:
    """The tag of the one Python that the extension modules are for, by their file names."""
    found = {match[1] for name in wheel.extensions if (match := _VERSION_IN_SUFFIX.search(PurePosixPath(name).name))}
    if len(found) > 1:
        message = f"{wheel.name}: extension modules for several Pythons: {', '.join(sorted(found))}"
        raise InvalidWheel(message)
    return f"cp{found.pop()}" if found else None


def _tests_metadata(wheel: WheelInfo) -> bytes:
    of_main = wheel.metadata
    name, version = of_main["Name"], of_main["Version"]
    fields = parse_fields(b"")
    fields["Metadata-Version"] = of_main["Metadata-Version"] or "2.1"
    fields["Name"] = f"{name}-tests"
    fields["Version"] = version
    fields["Summary"] = f"The tests of {name}"
    for key in _COPIED_FIELDS:
        for value in of_main.get_all(key, []):
            fields[key] = value
    fields["Requires-Dist"] = f"{name}=={version}"
    return _rendered(fields)


def _rendered(fields: Message) -> bytes:
    return "".join(f"{key}: {value}\n" for key, value in fields.items()).encode()


def write(wheel: WheelInfo, out: Path, epoch: int) -> Path:
    """Pack a wheel into the folder `out`; `epoch` is in seconds since 1970."""
    out.mkdir(parents=True, exist_ok=True)
    path = out / str(wheel.name)
    path.write_bytes(pack(wheel.members, wheel.dist_info, epoch=epoch))
    return path
