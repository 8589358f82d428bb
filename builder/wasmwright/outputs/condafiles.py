"""Where the files of a wheel are in a conda package. Pure."""

from __future__ import annotations

from pathlib import PurePosixPath
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from wasmwright.wheel.inspect import WheelInfo

_LICENSES = ("licen", "copying", "notice", "authors")


def placed(info: WheelInfo, site_packages: str, *, scripts: str) -> dict[str, bytes]:
    """The files of a wheel by their paths in a prefix: modules in `site_packages`, and where its `.data` says."""
    return {_place(name, site_packages, scripts): member.data for name, member in info.members.items()}


def _place(member: str, site_packages: str, scripts: str) -> str:
    parts = PurePosixPath(member).parts
    if not parts[0].endswith(".data"):
        return f"{site_packages}/{member}"
    match parts[1:]:
        case (("purelib" | "platlib"), *inside):
            return "/".join([site_packages, *inside])
        case "scripts", *inside:
            return "/".join([scripts, *inside])
        case "headers", *inside:
            return "/".join(["include", parts[0].partition("-")[0], *inside])
        case _, *inside:
            return "/".join(inside)
        case _:
            return member


def licenses_of(info: WheelInfo) -> dict[str, bytes]:
    """The texts of licences in a wheel's metadata; names of folders become part of theirs."""
    found = {}
    for name, member in info.members.items():
        folder, _, inside = name.partition("/")
        if folder != info.dist_info:
            continue
        if inside.startswith("licenses/") or inside.lower().startswith(_LICENSES):
            found[inside.removeprefix("licenses/").replace("/", "-")] = member.data
    return found
