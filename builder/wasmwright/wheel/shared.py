"""Libraries that several wheels load: each in a wheel of its own, installed once, found through run paths.

A library's wheel holds `NAME.libs/` with its side modules. A wheel whose modules need one of them, which may be another
library's, requires that wheel, in the very version that it was linked and audited with.
"""

from __future__ import annotations

import posixpath
from dataclasses import dataclass, replace
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from wasmwright.wasm.dylink import with_runtime_paths
from wasmwright.wasm.parse import parse
from wasmwright.wheel.errors import InvalidWheel
from wasmwright.wheel.inspect import Member, WheelInfo, parse_fields, read_wheel
from wasmwright.wheel.tags import WheelName, normalized

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from pathlib import Path

FOLDER = ".libs"
"""What the folder of a library's side modules ends in."""
_ORIGIN = "$ORIGIN"


@dataclass(frozen=True, kw_only=True)
class SharedLibraries:
    """The side modules that a library's wheel offers: file name to member."""

    distribution: str
    version: str
    places: Mapping[str, str]


def library_wheel(
    name: str, version: str, files: Sequence[Path], *, platform_tag: str, shared: Sequence[Path] = ()
) -> WheelInfo:
    """A wheel of the side modules `files`, which every wheel may load. Raises InvalidWheel without files.

    The modules find those of the libraries' wheels `shared`.
    """
    if not files:
        message = f"{name}: there is no side module to put into a wheel"
        raise InvalidWheel(message)
    wheel_name = WheelName(
        distribution=normalized(name), version=version, python="py3", abi="none", platform=platform_tag
    )
    metadata, wheel = parse_fields(b""), parse_fields(b"")
    metadata["Metadata-Version"] = "2.1"
    metadata["Name"] = name
    metadata["Version"] = version
    metadata["Summary"] = f"The library {name}, for the packages that load it"
    wheel["Wheel-Version"] = "1.0"
    wheel["Generator"] = "wasmwright"
    wheel["Root-Is-Purelib"] = "false"
    wheel["Tag"] = wheel_name.tag
    members = {f"{wheel_name.distribution}{FOLDER}/{file.name}": Member(data=file.read_bytes()) for file in files}
    members[f"{wheel_name.dist_info}/METADATA"] = Member(data=metadata.as_bytes())
    members[f"{wheel_name.dist_info}/WHEEL"] = Member(data=wheel.as_bytes())
    whole = WheelInfo(name=wheel_name, dist_info=wheel_name.dist_info, members=members)
    return connect(whole, [read_shared(library) for library in shared])


def read_shared(path: Path) -> SharedLibraries:
    """What the library's wheel at `path` offers."""
    wheel = read_wheel(path)
    places = {PurePosixPath(name).name: name for name in wheel.extensions}
    return SharedLibraries(distribution=wheel.metadata["Name"], version=wheel.name.version, places=places)


def connect(wheel: WheelInfo, shared: Iterable[SharedLibraries]) -> WheelInfo:
    """The wheel with run paths to the libraries that its modules need, and their wheels among its requirements."""
    offered = {file: (place, library) for library in shared for file, place in library.places.items()}
    members = dict(wheel.members)
    required: dict[str, str] = {}
    for name in wheel.extensions if offered else ():
        dylink = parse(members[name].data, name).dylink
        found = [offered[file] for file in (dylink.needed if dylink else ()) if file in offered]
        if dylink and found:
            paths = dict.fromkeys([*dylink.runtime_paths, *(run_path(name, place) for place, _ in found)])
            members[name] = replace(members[name], data=with_runtime_paths(members[name].data, list(paths)))
            required |= {library.distribution: library.version for _, library in found}
    if not required:
        return wheel
    metadata = f"{wheel.dist_info}/METADATA"
    members[metadata] = Member(data=_requiring(members[metadata].data, required))
    return replace(wheel, members=members)


def found_at(member: str, run_path: str, library: str) -> str:
    """Where the dynamic linker looks for the file `library` by one of the run paths of `member`."""
    folder = run_path.replace("${ORIGIN}", _ORIGIN).replace(_ORIGIN, posixpath.dirname(member) or ".")
    return posixpath.normpath(f"{folder}/{library}")


def run_path(member: str, library: str) -> str:
    """The way from the folder of `member` to that of `library`, as a module says it."""
    return f"{_ORIGIN}/{posixpath.relpath(posixpath.dirname(library), posixpath.dirname(member) or '.')}"


def _requiring(metadata: bytes, required: Mapping[str, str]) -> bytes:
    """METADATA with further requirements at the end of its fields, the rest byte for byte."""
    head, separator, body = metadata.partition(b"\n\n")
    lines = [f"Requires-Dist: {name}=={version}" for name, version in sorted(required.items())]
    return b"\n".join([head.rstrip(b"\n"), *(line.encode() for line in lines)]) + (separator or b"\n") + body
