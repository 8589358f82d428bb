"""Debian archives through apt's own resolver, in a private state that knows nothing of this machine's packages."""

from __future__ import annotations

import os
import re
import shutil
import threading
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from packageurl import PackageURL

from wasmwright import limits, process
from wasmwright.addresses import shown
from wasmwright.errors import MirrorUnreachable, NoMirror, Unresolvable
from wasmwright.sources.client import is_about_time, today
from wasmwright.sources.entry import Source, make_source

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

ARCHITECTURE, COMPONENT = "amd64", "main"
_KEYRING = Path("/usr/share/keyrings/debian-archive-keyring.gpg")
_KEPT_SETTING = re.compile(r"Acquire::(?!Languages\b).*;")
_PRINTED_URI = re.compile(r"^'[^']+' (?P<name>[^_\s]+)_(?P<version>[^_\s]+)_(?P<arch>[^_\s.]+)\.deb \d+ ", re.MULTILINE)
_REPACKED = re.compile(r"[+.~](?:dfsg|ds|repack)[0-9.]*$")
_NUMBER = re.compile(r"[0-9]{1,18}")
_SHA256 = re.compile(r"[0-9a-f]{64}")
_ORIG = re.compile(r"\.orig\.tar\.[a-z0-9]+$")


@dataclass(frozen=True, kw_only=True)
class Deb:
    """A binary package of a suite."""

    name: str
    version: str
    architecture: str
    file: str
    size: int
    sha256: str


@dataclass(frozen=True, kw_only=True)
class Apt:
    """apt looking at one suite of the archive, and at nothing else."""

    directory: Path
    suite: str
    architecture: str = ARCHITECTURE
    component: str = COMPONENT
    environ: Mapping[str, str] = field(default_factory=lambda: dict(os.environ))
    run: process.Runner = process.run
    # Several at once would make the same cache.
    _alone: threading.Lock = field(default_factory=threading.Lock, init=False, repr=False, compare=False)

    def update(self, mirrors: Sequence[str]) -> None:
        """Fetch the suite's lists from the first mirror that has them."""
        if shutil.which("apt-get", path=self.environ.get("PATH")) is None:
            message = "this machine has no apt, which resolves Debian packages"
            raise NoMirror(message, hint="lock on a Debian machine; fetching and building need no apt")
        refusals = []
        for mirror in mirrors:
            self._prepare(mirror)
            done = self._apt("apt-get", "update", "-o", "APT::Update::Error-Mode=any", check=False)
            if done.returncode == 0:
                return
            refusals.append(f"{shown(mirror)} {self.suite}: {_last_error(done, 3)}")
        message = f"no Debian mirror gives the lists of {self.suite}"
        hint = "set WASMWRIGHT_DEBIAN_MIRRORS to one that does"
        if is_about_time("\n".join(refusals)):
            hint = f"this machine's date is {today()}: set its clock if that is wrong; else {hint}"
        raise MirrorUnreachable(message, hint=hint, excerpt="\n".join(refusals))

    def closure(self, packages: Sequence[str]) -> tuple[Deb, ...]:
        """`packages` with everything that they depend on, as on an empty machine."""
        if not packages:
            return ()
        done = self._apt("apt-get", "install", "--print-uris", "-y", "-q", *packages, check=False)
        if done.returncode != 0:
            message = f"apt finds no way to install {', '.join(packages)} from {self.suite}"
            raise Unresolvable(message, hint="change the package names in the profile", excerpt=_last_error(done, 8))
        matches = _PRINTED_URI.finditer(done.stdout)
        return self.show(f"{match['name']}={match['version'].replace('%3a', ':')}" for match in matches)

    def show(self, packages: Iterable[str]) -> tuple[Deb, ...]:
        """The packages by themselves, each as NAME or NAME=VERSION."""
        wanted = tuple(packages)
        if not wanted:
            return ()
        done = self._apt("apt-cache", "show", "--no-all-versions", *wanted, check=False)
        debs = {deb.name: deb for deb in (_deb(stanza, self.suite) for stanza in parse_stanzas(done.stdout))}
        missing = [name for name in (want.partition("=")[0] for want in wanted) if name not in debs]
        if missing:
            message = f"{self.suite} has no package {', '.join(missing)}"
            raise Unresolvable(message, hint="change the package names in the profile")
        return tuple(debs[name] for name in sorted(debs))

    def versions(self, name: str, *, is_source: bool) -> tuple[str, ...]:
        """The versions that the suite has of a binary or source package; none for an unknown name."""
        arguments = ("showsrc", "--only-source", name) if is_source else ("show", "--all-versions", name)
        done = self._apt("apt-cache", *arguments, check=False)
        return tuple(dict.fromkeys(stanza["Version"] for stanza in parse_stanzas(done.stdout) if "Version" in stanza))

    def newest(self, name: str) -> str | None:
        """The newest version of a source package, as upstream calls it; None for an unknown name."""
        versions = self.versions(name, is_source=True)
        # apt tells the newest last here, as `source` takes it.
        return min(spellings(versions[-1]), key=lambda text: (len(text), text)) if versions else None

    def source(self, name: str, version: str | None = None) -> Source:
        """The upstream tarball of a source package."""
        done = self._apt("apt-cache", "showsrc", "--only-source", name, check=False)
        stanzas = [stanza for stanza in parse_stanzas(done.stdout) if {"Checksums-Sha256", "Version"} <= stanza.keys()]
        fitting = [stanza for stanza in stanzas if version is None or version in spellings(stanza["Version"])]
        if not fitting:
            have = ", ".join(sorted({stanza["Version"] for stanza in stanzas})) or "nothing"
            message = f"{self.suite} has no source package {name} {version or ''}".rstrip() + f" (it has {have})"
            raise Unresolvable(message, hint="change [source] or `version` in the recipe")
        return _orig(name, fitting[-1], self.suite)

    def pin(self, deb: Deb) -> Source:
        """The lock entry of a binary package."""
        package = PackageURL(
            type="deb",
            namespace="debian",
            name=deb.name,
            version=deb.version,
            qualifiers={"arch": deb.architecture, "distro": self.suite},
        )
        return make_source(package, file=deb.file, size=deb.size, sha256=deb.sha256)

    def _apt(self, program: str, *arguments: str, check: bool = True) -> process.Completed:
        env = {**self.environ, "APT_CONFIG": str(self.directory / "apt.conf"), "LC_ALL": "C"}
        with self._alone:
            return self.run([program, *arguments], env=env, cwd=self.directory, check=check)

    def _prepare(self, mirror: str) -> None:
        for folder in ("state/lists/partial", "cache/archives/partial", "etc"):
            (self.directory / folder).mkdir(parents=True, exist_ok=True)
        (self.directory / "state/status").write_text("")
        signed = f"[signed-by={_KEYRING}] " if _KEYRING.exists() else ""
        line = f"{signed}{mirror} {self.suite} {self.component}\n"
        (self.directory / "etc/sources.list").write_text(f"deb {line}deb-src {line}")
        dumped = self.run(["apt-config", "dump"], env=self.environ, cwd=self.directory, check=False).stdout
        kept = "\n".join(line for line in dumped.splitlines() if _KEPT_SETTING.match(line))
        (self.directory / "apt.conf").write_text(f"{self._settings()}\n{kept}\n")

    def _settings(self) -> str:
        here = self.directory
        return "\n".join(
            f'{key} "{value}";'
            for key, value in {
                "Dir::State": f"{here}/state/",
                "Dir::State::status": f"{here}/state/status",
                "Dir::Cache": f"{here}/cache/",
                "Dir::Etc::main": "/dev/null",
                "Dir::Etc::parts": "/dev/null",
                "Dir::Etc::sourcelist": f"{here}/etc/sources.list",
                "Dir::Etc::sourceparts": "/dev/null",
                "Dir::Etc::preferences": "/dev/null",
                "Dir::Etc::preferencesparts": "/dev/null",
                "APT::Architecture": self.architecture,
                "APT::Architectures": self.architecture,
                "APT::Install-Recommends": "false",
                "APT::Sandbox::User": "",
                "pkgCacheGen::Essential": "none",
                "Acquire::Languages": "none",
                "Debug::NoLocking": "true",
            }.items()
        )


def parse_stanzas(text: str) -> Iterator[dict[str, str]]:
    """The paragraphs of a Debian control file."""
    for paragraph in re.split(r"\n\s*\n", text.strip()):
        stanza: dict[str, list[str]] = {}
        key = ""
        for line in paragraph.splitlines():
            if line[:1].isspace():
                stanza.setdefault(key, [""]).append(line.strip())
            else:
                key, _, value = line.partition(":")
                stanza[key] = [value.strip()]
        if stanza:
            yield {key: "\n".join(lines) for key, lines in stanza.items()}


def upstream(version: str) -> str:
    """A Debian version without epoch and Debian revision."""
    return version.partition(":")[2 if ":" in version else 0].rpartition("-")[0] or version


def spellings(version: str) -> frozenset[str]:
    """What upstream may call a Debian version: 1:1.3.dfsg+really1.3.1-1 is 1.3.1, 0.3.29+ds-3 is 0.3.29."""
    plain = upstream(version)
    really = plain.rpartition("+really")[2]
    return frozenset({version, version.partition(":")[2] or version, plain, really, _REPACKED.sub("", really)})


def _deb(stanza: Mapping[str, str], suite: str) -> Deb:
    name = _field(stanza, "Package", suite)
    return Deb(
        name=name,
        version=_field(stanza, "Version", suite),
        architecture=_field(stanza, "Architecture", suite),
        file=_field(stanza, "Filename", suite),
        size=_size(_field(stanza, "Size", suite), name, suite),
        sha256=_sha256(_field(stanza, "SHA256", suite), name, suite),
    )


def _field(stanza: Mapping[str, str], key: str, suite: str) -> str:
    found = stanza.get(key, "")
    if not found or len(found.splitlines()) > 1:
        name = stanza.get("Package", "a package")
        raise _malformed(suite, f"{name} has no {key}")
    return found


def _size(text: str, name: str, suite: str) -> int:
    if _NUMBER.fullmatch(text) is None or int(text) > limits.SOURCE_SIZE.most:
        raise _malformed(suite, f"{name} has the size {text[:100]!r}")
    return int(text)


def _sha256(text: str, name: str, suite: str) -> str:
    if _SHA256.fullmatch(text) is None:
        raise _malformed(suite, f"{name} has no sha256 of 64 hexadecimal digits")
    return text


def _malformed(suite: str, what: str) -> MirrorUnreachable:
    message = f"the lists of {suite} cannot be used: {what}"
    return MirrorUnreachable(message, hint="set WASMWRIGHT_DEBIAN_MIRRORS to another mirror, or try again later")


def _orig(name: str, stanza: Mapping[str, str], suite: str) -> Source:
    rows = [row.split() for row in stanza["Checksums-Sha256"].splitlines() if row]
    tarballs = [row for row in rows if _ORIG.search(row[-1])]
    if len(tarballs) != 1:
        message = f"the source package {name} of {suite} has {len(tarballs)} upstream tarballs"
        raise Unresolvable(message, hint="take the source from another registry")
    if len(tarballs[0]) != len(("sha256", "size", "file")):
        raise _malformed(suite, f"{name} has a checksum that is not written as `sha256 size file`")
    sha256, size, file = tarballs[0]
    folder = _field(stanza, "Directory", suite)
    package = PackageURL(
        type="deb",
        namespace="debian",
        name=name,
        version=stanza["Version"],
        qualifiers={"arch": "source", "distro": suite},
    )
    return make_source(
        package, file=f"{folder}/{file}", size=_size(size, name, suite), sha256=_sha256(sha256, name, suite)
    )


def _last_error(done: process.Completed, lines: int) -> str:
    errors = [line for line in done.stderr.splitlines() if line.startswith(("E:", "W:"))]
    text = (errors or done.stderr.splitlines() or done.stdout.splitlines())[-lines:]
    return "\n".join(text)
