"""The simple index: pages for people's installers (PEP 503, 658) and the same as JSON (PEP 691, 700).

Links are relative, since the folder does not know where it will be served.
"""

from __future__ import annotations

from dataclasses import dataclass
from html import escape
from string import Template
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable

    from wasmwright.outputs.documents import EnvironmentWheel

# Of the interface, for both forms.
_API = "1.1"
# From the page of a project to the wheels.
_WHEELS = "../../wheels/"
_PAGE = Template("""\
<!DOCTYPE html>
<html lang="en">
<head><meta charset="utf-8"><meta name="pypi:repository-version" content="$api"><title>$title</title></head>
<body>
$links
</body>
</html>
""")


@dataclass(frozen=True, kw_only=True)
class IndexedWheel:
    """A wheel as an index tells of it; its METADATA lies beside it, and has the hash `metadata_sha256`."""

    wheel: EnvironmentWheel
    requires_python: str | None
    metadata_sha256: str


def projects_html(names: Iterable[str]) -> str:
    """The page that lists all projects."""
    links = [f'<a href="{escape(name)}/">{escape(name)}</a><br>' for name in names]
    return _page("Simple index", links)


def project_html(file: IndexedWheel) -> str:
    """The page of one project."""
    wheel = file.wheel
    metadata = f"sha256={file.metadata_sha256}"
    attributes = {
        "href": f"{_WHEELS}{wheel.file}#sha256={wheel.sha256}",
        "data-core-metadata": metadata,
        # As the attribute was first called.
        "data-dist-info-metadata": metadata,
    }
    if file.requires_python is not None:
        attributes["data-requires-python"] = file.requires_python
    written = " ".join(f'{name}="{escape(value)}"' for name, value in attributes.items())
    return _page(f"Links for {wheel.name}", [f"<a {written}>{escape(wheel.file)}</a><br>"])


def projects_json(names: Iterable[str]) -> dict[str, Any]:
    """The list of all projects."""
    return {"meta": {"api-version": _API}, "projects": [{"name": name} for name in names]}


def project_json(file: IndexedWheel) -> dict[str, Any]:
    """One project."""
    wheel = file.wheel
    metadata = {"sha256": file.metadata_sha256}
    entry: dict[str, Any] = {
        "filename": wheel.file,
        "url": f"{_WHEELS}{wheel.file}",
        "hashes": {"sha256": wheel.sha256},
        "size": wheel.size,
        "core-metadata": metadata,
        "dist-info-metadata": metadata,
    }
    if file.requires_python is not None:
        entry["requires-python"] = file.requires_python
    return {"meta": {"api-version": _API}, "name": wheel.name, "versions": [wheel.version], "files": [entry]}


def _page(title: str, links: Iterable[str]) -> str:
    return _PAGE.substitute(api=_API, title=escape(title), links="\n".join(links))
