"""What a build leaves of its machine in text: folders that it made, paths of its tools, interpreters of scripts.

Scripts of a source name interpreters by the places of a usual machine, such as `/usr/bin/env`. A sandbox has none there
but `/bin/sh`, and a build may make none. So before the build their first lines are led to links in a folder of the
build, and back in what it made.
"""

from __future__ import annotations

import base64
import csv
import hashlib
import io
import os
import re
import shutil
import stat
import zipfile
import zlib
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from wasmwright import limits

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from wasmwright.sandbox.attributes import Attributes

INTERPRETERS = "interpreters"
"""The folder of links, below the top of the build."""

_SCRIPT = b"#!"
# In the folders of programs only: a name below a program, a usual mistake, would want a folder in its place.
_FIRST_LINE = re.compile(rb"#![ \t]*(\S*?)((?:/usr(?:/local)?)?/s?bin/[^/\s\0]+)(?=\s|$)")
# What every sandbox has.
_THERE = b"/bin/sh"
# The folders that builds make in theirs: our own, and those with a random name, of Python's tempfile.
_FOLDERS = rb"/(source(?:-\d+)?|build|target|home|wheels|tmp)(?:(?<=tmp)\w{8})?(?![\w.+-])"
_BEFORE = rb"(?:(?<![\w./-])|(?<=[\s\"'=]-[IL]))"
# meson-python builds in such a folder.
_RANDOM = re.compile(rb"(/\.mesonpy)-\w{8}(?![\w.-])")
# Programs of the store are named without their folder at the gate.
_NO_PROGRAM = rb"(?!(?:/[\w+.-]+){0,20}/bin/[\w+.-])"
_UNREADABLE = (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, ValueError, OSError)


@dataclass(frozen=True, kw_only=True)
class Traces:
    """The folder `top` that a build works in, and the store paths of its tools."""

    top: Path
    tools: Sequence[Path]

    def lead(self, source: Path, path: str) -> None:
        """Lead the scripts below `source` to the interpreters of those names on PATH, which is `path`."""
        found: dict[bytes, str | None] = {}
        for script, line in _scripts(source):
            place, name = line.groups()
            if place or name == _THERE:
                continue
            if name not in found:
                found[name] = shutil.which(os.fsdecode(name.rpartition(b"/")[2]), path=path)
            program = found[name]
            if program is not None:
                self._link(name, program)
                _rewrite(script, _SCRIPT + self._interpreters + script.read_bytes()[line.start(2) :])

    def led_back(self, data: bytes) -> bytes:
        """A file as it would be, had its script not been led."""
        line = _FIRST_LINE.match(data)
        return data if line is None or line[1] != self._interpreters else _SCRIPT + data[line.start(2) :]

    def removed(self, data: bytes) -> bytes:
        """A file without the build's machine; programs and archives stay as they are, for the audit to see.

        Folders of the build become relative, as `-ffile-prefix-map` makes them in what is compiled; tools lose their
        place in the store.
        """
        if b"\0" in data:
            return data
        data = self.led_back(data)
        data = re.sub(_BEFORE + re.escape(os.fsencode(self.top)) + _FOLDERS, rb"./\1", data)
        for tool in self.tools:
            # A store path's name starts with its 32-character hash.
            data = re.sub(re.escape(os.fsencode(tool)) + _NO_PROGRAM, os.fsencode(tool.name[33:]), data)
        return _RANDOM.sub(rb"\1", data)

    @property
    def _interpreters(self) -> bytes:
        return os.fsencode(self.top / INTERPRETERS)

    def _link(self, name: bytes, program: str) -> None:
        link = self.top / INTERPRETERS / os.fsdecode(name).lstrip("/")
        link.parent.mkdir(parents=True, exist_ok=True)
        if not link.is_symlink():
            link.symlink_to(program)


def traces_of(attributes: Attributes, top: Path) -> Traces:
    """What a build with `attributes` may leave, which works below `top`."""
    python = attributes.python
    tools = {attributes.toolchain, python.interpreter, *python.environments, *attributes.path}
    tools |= {python.target} if python.target else set()
    # Files that tools have the build system read.
    stored = re.compile(rf"{re.escape(str(attributes.toolchain.parent))}/[0-9a-z]{{32}}-[\w+.?=-]+")
    for settings in attributes.settings.values():
        tools |= {Path(found) for texts in settings.values() for text in texts for found in stored.findall(text)}
    return Traces(top=top, tools=sorted(tools))


def clean_wheel(wheel: Path, out: Path, traces: Traces) -> None:
    """Write `wheel` to `out` without traces of the build, with what RECORD says of the files that changed.

    One that cannot be read, or is too large to be, is copied: what is wrong with it is told at the gate.
    """
    try:
        with zipfile.ZipFile(wheel) as zipped:
            limits.WHEEL_SIZE.check(sum(info.file_size for info in zipped.infolist()), wheel.name)
            members = [(info, zipped.read(info)) for info in zipped.infolist()]
    except (*_UNREADABLE, limits.LimitExceeded):
        shutil.copyfile(wheel, out)
        return
    cleaned = {info.filename: traces.removed(data) for info, data in members}
    changed = {info.filename for info, data in members if cleaned[info.filename] != data}
    with zipfile.ZipFile(out, "w") as zipped:
        for info, data in members:
            is_record = info.filename.endswith(".dist-info/RECORD") and info.filename.count("/") == 1
            written = _record(data, {name: cleaned[name] for name in changed}) if is_record else cleaned[info.filename]
            zipped.writestr(info, written)


def clean_folder(folder: Path, traces: Traces) -> None:
    """Lead the scripts below `folder` back."""
    for script, _ in _scripts(folder):
        data = script.read_bytes()
        if (back := traces.led_back(data)) != data:
            _rewrite(script, back)


def _scripts(folder: Path) -> Iterator[tuple[Path, re.Match[bytes]]]:
    """The scripts below `folder`, with the match of their interpreters."""
    for top, _, names in os.walk(folder):
        for name in names:
            path = Path(top) / name
            if not path.is_symlink() and path.is_file() and os.access(path, os.R_OK):
                with path.open("rb") as file:
                    line = _FIRST_LINE.match(file.read(512))
                if line is not None:
                    yield path, line


def _rewrite(path: Path, data: bytes) -> None:
    """Other content for a file of the same mode and time: make compares them."""
    before = path.stat()
    path.chmod(before.st_mode | stat.S_IWUSR)
    path.write_bytes(data)
    path.chmod(before.st_mode)
    os.utime(path, ns=(before.st_atime_ns, before.st_mtime_ns))


def _record(data: bytes, changed: dict[str, bytes]) -> bytes:
    """RECORD with the hashes and sizes of `changed`; as it is where it cannot be read."""
    try:
        rows = list(csv.reader(io.StringIO(data.decode("utf-8"), newline="")))
    except (ValueError, csv.Error):
        return data
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    for row in rows:
        if row and row[0] in changed:
            content = changed[row[0]]
            digest = base64.urlsafe_b64encode(hashlib.sha256(content).digest()).rstrip(b"=").decode("ascii")
            writer.writerow([row[0], f"sha256={digest}", len(content)])
        else:
            writer.writerow(row)
    return text.getvalue().encode()
