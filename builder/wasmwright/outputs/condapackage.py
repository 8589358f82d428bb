"""One conda package: of a wheel, or one of the channel's own. rattler-build writes it."""

from __future__ import annotations

import io
import json
import tarfile
import zipfile
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Literal

from wasmwright.outputs import zstandard
from wasmwright.outputs.errors import CondaPackageFailed

if TYPE_CHECKING:
    from collections.abc import Mapping

_OLDEST = (1980, 1, 1, 0, 0, 0)
_RUN_EXPORTS = "info/run_exports.json"


@dataclass(frozen=True, kw_only=True)
class CondaPackage:
    """What a package says of itself, its files by their paths in a prefix, and the texts of its licences by name.

    `noarch` is None for what fits one platform. `exports` are added to what is built against it (`weak` run_exports).
    """

    name: str
    version: str
    build: str
    subdir: str
    noarch: Literal["python", "generic"] | None
    depends: tuple[str, ...]
    license: str | None = None
    summary: str | None = None
    homepage: str | None = None
    made: datetime = datetime(*_OLDEST, tzinfo=UTC)
    files: Mapping[str, bytes] = field(default_factory=dict)
    licenses: Mapping[str, bytes] = field(default_factory=dict)
    exports: tuple[str, ...] = ()

    @property
    def run_exports(self) -> dict[str, list[str]]:
        """As conda writes them; empty where there are none."""
        return {"weak": list(self.exports)} if self.exports else {}


def write_package(package: CondaPackage, channel: Path) -> Path:
    """Write a package into its folder of a channel; returns the file. Raises CondaPackageFailed."""
    with TemporaryDirectory() as temporary:
        files, licenses = Path(temporary, "files"), Path(temporary, "licenses")
        for folder, content in (files, package.files), (licenses, package.licenses):
            folder.mkdir()
            for name, data in content.items():
                path = folder / name
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_bytes(data)
        written = _assemble(package, files, sorted(licenses.rglob("*")), channel / package.subdir)
    if package.exports:
        # rattler-build knows them in recipes only.
        _add_to_info(written, _RUN_EXPORTS, _json(package.run_exports))
    return written


def _assemble(package: CondaPackage, files: Path, licenses: list[Path], folder: Path) -> Path:
    from rattler_build import (  # noqa: PLC0415 - it lies in builds only
        ArchiveType,
        RattlerBuildError,
        assemble_package,
    )

    try:
        output = assemble_package(
            package.name,
            package.version,
            package.subdir,
            package.build,
            folder,
            files_dir=files,
            license_files=[path for path in licenses if path.is_file()],
            homepage=package.homepage,
            license=package.license,
            summary=package.summary,
            depends=package.depends,
            noarch=package.noarch,
            archive_type=ArchiveType.Conda,
            timestamp=package.made,
            detect_prefix=False,
            # The number of a machine's processors must not decide about bytes.
            compression_threads=1,
        )
    except RattlerBuildError as error:
        message = f"no conda package can be made of {package.name} {package.version}: {error}"
        raise CondaPackageFailed(message, hint="leave it out of the environment, or take another version") from None
    return Path(output.path)


def made_at(wheel: Path) -> datetime:
    """When the newest file in a wheel is from: for ours, the date of their source."""
    with zipfile.ZipFile(wheel) as archive:
        newest = max((entry.date_time for entry in archive.infolist()), default=_OLDEST)
    try:
        return datetime(*newest, tzinfo=UTC)
    except ValueError:
        return datetime(*_OLDEST, tzinfo=UTC)


def read_info(package: Path, name: str) -> bytes:
    """A file of the part of a package that describes it."""
    with zipfile.ZipFile(package) as archive, _info(archive) as info:
        file = info.extractfile(name)
        assert file is not None
        return file.read()


def _add_to_info(package: Path, name: str, data: bytes) -> None:
    """Add a file to what describes a package, with the date and rights of the others."""
    with zipfile.ZipFile(package) as archive:
        entries = {entry: archive.read(entry) for entry in archive.infolist()}
        with _info(archive) as info:
            members = [(member, file.read()) for member in info if (file := info.extractfile(member)) is not None]
    like = members[0][0]
    added = tarfile.TarInfo(name)
    added.size, added.mtime, added.mode = len(data), like.mtime, like.mode
    written = io.BytesIO()
    with tarfile.open(fileobj=written, mode="w", format=tarfile.GNU_FORMAT) as info:
        for member, content in sorted([*members, (added, data)], key=lambda one: one[0].name):
            info.addfile(member, io.BytesIO(content))
    with zipfile.ZipFile(package, "w", zipfile.ZIP_STORED) as archive:
        for entry, content in entries.items():
            is_info = entry.filename.startswith("info-")
            archive.writestr(entry, zstandard.compress(written.getvalue()) if is_info else content)


def _info(archive: zipfile.ZipFile) -> tarfile.TarFile:
    (name,) = (name for name in archive.namelist() if name.startswith("info-"))
    return tarfile.open(fileobj=io.BytesIO(zstandard.decompress(archive.read(name))))


def _json(document: object) -> bytes:
    return (json.dumps(document, indent=1, sort_keys=True) + "\n").encode()
