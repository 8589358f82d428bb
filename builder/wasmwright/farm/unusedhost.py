"""Dependencies of builds that nothing in the build names: no flag, no patch, no file of the source.

Only what is sure is told. A source that is not in the store, or a library that was not built here, proves nothing.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from wasmwright import limits, tars, zips
from wasmwright.failure import WasmwrightError
from wasmwright.farm.portrait import built_output
from wasmwright.lock.model import read_package_lock
from wasmwright.recipe import placeholders
from wasmwright.recipe.model import BuildType
from wasmwright.recipe.positions import Positions
from wasmwright.recipe.problems import shown
from wasmwright.recipe.rules import Offence, Rule
from wasmwright.sources.storepath import source_path

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from wasmwright.checkout import Checkout
    from wasmwright.recipe.model import WrittenRecipe

# Of a file of a source; what is longer is data.
_READ = 8 << 20


def unused_hosts(recipe: WrittenRecipe, text: str, patches: Mapping[str, str], checkout: Checkout) -> list[Offence]:
    """Those of a recipe, whose text and patches these are."""
    words = {host: found for host in recipe.host if (found := _words(host, recipe, checkout))}
    said = "\n".join([*_said(recipe), *patches.values()]).lower().encode(errors="replace")
    words = {host: found for host, found in words.items() if not any(word in said for word in found)}
    if not words:
        return []
    for content in _contents(recipe):
        if content is None:
            return []
        words = {host: found for host, found in words.items() if not any(word in content for word in found)}
        if not words:
            return []
    positions = Positions(text)
    return [
        Offence(
            file=shown(recipe.path),
            line=positions.line(("dependencies", "host", recipe.host.index(host))),
            rule=Rule.UNUSED_HOST,
            message=f"neither the source nor the recipe names `{host}` or anything that it has",
        )
        for host in words
    ]


def _words(host: str, recipe: WrittenRecipe, checkout: Checkout) -> frozenset[bytes]:
    """What a build would name of a dependency, in lower case; none where that is not known, or the recipe says it."""
    if host in placeholders.named(recipe.build):
        return frozenset()
    other = checkout.recipes[host]
    names = {host, host.replace("-", "_"), *(name.split(".")[0] for name in other.tests.imports)}
    if other.build.type is BuildType.LIBRARY:
        output = built_output(checkout, host)
        if output is None:
            return frozenset()
        names |= {_bare(file) for file in _files(output.out)}
    return frozenset(name.lower().encode() for name in names)


def _files(out: Path) -> Iterator[Path]:
    """Headers, archives and descriptions of a library."""
    for folder in (out / "include", out / "lib"):
        yield from (file for file in folder.resolve().rglob("*") if not file.is_dir())


def _bare(file: Path) -> str:
    """As others name a file: a header with its ending, the rest without."""
    return file.stem if file.suffix in {".a", ".so", ".pc", ".cmake"} else file.name


def _said(recipe: WrittenRecipe) -> Iterator[str]:
    build = recipe.build
    yield from (*build.flags, *build.cflags, *build.cxxflags, *build.ldflags, *build.requires, *build.env.values())
    yield from build.env
    for name, value in build.config_settings.items():
        yield name
        yield from (value,) if isinstance(value, str) else value


def _contents(recipe: WrittenRecipe) -> Iterator[bytes | None]:
    """All that the sources are made of, in lower case, names included; None for what cannot be read here."""
    if not recipe.lock_path.exists():
        yield None
        return
    for own in read_package_lock(recipe.lock_path).own:
        path = Path(source_path(own.source))
        if not path.exists():
            yield None
            return
        try:
            yield from _source(path)
        except (WasmwrightError, OSError):
            yield None


def _source(path: Path) -> Iterator[bytes]:
    if path.is_dir():
        for file in path.rglob("*"):
            yield file.name.lower().encode(errors="replace")
            if file.is_file() and not file.is_symlink():
                with file.open("rb") as opened:
                    yield opened.read(_READ).lower()
        return
    with path.open("rb") as opened:
        is_zip = tars.is_zip(opened)
    yield from _in_zip(path) if is_zip else _in_tar(path)


def _in_zip(path: Path) -> Iterator[bytes]:
    with zips.opened(path, path.name) as archive:
        for entry in archive.infolist():
            yield entry.filename.lower().encode(errors="replace")
            if not entry.is_dir() and entry.file_size <= _READ:
                yield zips.read_member(archive, entry, path.name).lower()


def _in_tar(path: Path) -> Iterator[bytes]:
    with tars.opened(path, path.name, most=limits.SEARCHED_SIZE) as archive:
        for member in archive.members():
            yield member.name.lower().encode(errors="replace")
            if member.isfile() and member.size <= _READ:
                yield archive.read(member).lower()
