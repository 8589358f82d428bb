"""flang's own modules for wasm32: the shipped files are for a 64-bit machine, whose C types are wider.

A module file is Fortran text behind a header with a checksum over it, and the checksums of the modules it uses.
"""

from __future__ import annotations

import re
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from wasmwright.fortran.errors import FortranSetup

if TYPE_CHECKING:
    from collections.abc import Mapping

# Modules of other machines, and of OpenMP, for which there is no library.
LEFT_OUT = ("__cuda_builtins", "__ppc_intrinsics", "__ppc_types", "cudadevice", "mma", "omp_lib", "omp_lib_kinds")

_HEADER = "\ufeff!mod$ v1 sum:"
_NEEDED = re.compile(r"^!need\$ ([0-9a-f]{16}) ([in]) (\w+)$", re.MULTILINE)
# Named for the kinds of their arguments: a is real, i integer, l logical.
_EXTENDED = re.compile(r"(?:private|procedure)::\w+_a10(?:_\w+)?$|(?:private|procedure)::\w+_a\d+_a10$")
_OFFSET, _PRIME, _MASK = 0xCBF29CE484222325, 0x100000001B3, (1 << 64) - 1

# What changes, and how often it must be found: a flang with other modules is refused.
_CHANGES: dict[str, tuple[tuple[str, str, int], ...]] = {
    "__fortran_builtins": (
        ("integer(8),private::__address", "integer(4),private::__address", 2),
        ("(__address=0_8)", "(__address=0_4)", 2),
    ),
    # The runtime reads these tables as C++ structures.
    "__fortran_type_info": (
        (
            "integer(1)::isargcontiguousset\ninteger(1)::__padding0(1_8:4_8)\n",
            "integer(1)::isargcontiguousset\n",
            1,
        ),
    ),
    "iso_c_binding": (
        ("c_long=8_4", "c_long=4_4", 1),
        ("c_size_t=8_4", "c_size_t=4_4", 1),
        ("c_intptr_t=8_4", "c_intptr_t=4_4", 1),
        ("c_ptrdiff_t=8_4", "c_ptrdiff_t=4_4", 1),
        ("c_intmax_t=16_4", "c_intmax_t=8_4", 1),
        ("c_int_fast16_t=2_4", "c_int_fast16_t=4_4", 1),
        ("c_long_double=10_4", "c_long_double=16_4", 1),
        ("c_long_double_complex=10_4", "c_long_double_complex=16_4", 1),
    ),
    "iso_fortran_env_impl": (
        ("selectedreal80=10_4", "selectedreal80=16_4", 1),
        ("safereal80=10_4", "safereal80=-1_4", 1),
        ("parameter::real80=10_4", "parameter::real80=-1_4", 1),
        ("[INTEGER(4)::2_4,3_4,4_4,8_4,10_4,16_4]", "[INTEGER(4)::2_4,3_4,4_4,8_4,16_4]", 1),
    ),
}


def checksum(text: str) -> str:
    """The checksum of a module file's text after the header line: FNV-1a of 64 bits."""
    value = _OFFSET
    for byte in text.encode():
        value = ((value ^ byte) * _PRIME) & _MASK
    return f"{value:016x}"


def target_modules(shipped: Mapping[str, str]) -> dict[str, str]:
    """The module files for wasm32 from those that flang ships, by name; raises FortranSetup for unknown ones."""
    kept = {name: text for name, text in shipped.items() if name not in LEFT_OUT}
    missing = sorted(_CHANGES.keys() - kept.keys())
    if missing:
        message = f"flang has no module {', '.join(missing)}"
        raise FortranSetup(message, hint="the pinned flang is another one than these changes are for")
    changed: dict[str, str] = {}
    while len(changed) < len(kept):
        ready = [
            name
            for name, text in kept.items()
            if name not in changed and all(needed in changed for _, _, needed in _NEEDED.findall(text))
        ]
        if not ready:
            message = f"flang's modules use unknown ones: {', '.join(sorted(kept.keys() - changed.keys()))}"
            raise FortranSetup(message)
        for name in ready:
            changed[name] = _changed(name, kept[name], changed)
    return changed


def _changed(name: str, text: str, others: Mapping[str, str]) -> str:
    header, _, body = text.partition("\n")
    if not header.startswith(_HEADER) or header.removeprefix(_HEADER) != checksum(body):
        message = f"the module file {name}.mod is not of the kind that is known"
        raise FortranSetup(message)
    for old, new, count in _CHANGES.get(name, ()):
        if body.count(old) != count:
            message = f"{name}.mod has `{old.strip()}` {body.count(old)} times instead of {count}"
            raise FortranSetup(message, hint="the pinned flang is another one than these changes are for")
        body = body.replace(old, new)

    def needed(found: re.Match[str]) -> str:
        return f"!need$ {_sum_of(others[found.group(3)])} {found.group(2)} {found.group(3)}"

    body = _without_extended_precision(_NEEDED.sub(needed, body))
    return f"{_HEADER}{checksum(body)}\n{body}"


def _without_extended_precision(body: str) -> str:
    """Without the specific procedures for REAL(10), which wasm32 lacks: flang would warn of each."""
    lines: list[str] = []
    block: list[str] | None = None
    for line in body.splitlines(keepends=True):
        if line == "interface\n":
            block = [line]
        elif block is not None:
            block.append(line)
            if line == "end interface\n":
                lines += [] if any(inner.startswith("real(10)") for inner in block) else block
                block = None
        elif not _EXTENDED.match(line):
            lines.append(line)
    return "".join(lines)


def _sum_of(text: str) -> str:
    return text.partition("\n")[0].removeprefix(_HEADER)


def write_modules(shipped: Path, folder: Path) -> None:
    """Write the modules for wasm32 into `folder`, from the folder with flang's."""
    texts = {path.stem: path.read_text(encoding="utf-8") for path in sorted(shipped.glob("*.mod"))}
    folder.mkdir(parents=True, exist_ok=True)
    for name, text in target_modules(texts).items():
        (folder / f"{name}.mod").write_text(text, encoding="utf-8")


if __name__ == "__main__":
    # python -m wasmwright.fortran.modules SHIPPED FOLDER
    write_modules(Path(sys.argv[1]), Path(sys.argv[2]))
