"""Whether wheels can be installed together, and beside Python itself: whose files would take the place of whose."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from wasmwright.audit.findings import Code, Finding

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from wasmwright.wheel.inspect import WheelInfo

SITE = "site-packages/"
_LIBRARY = "standard library/"
_PROGRAMS = "bin/"
# Where the parts of NAME-VERSION.data/ come to lie; `data` is the folder above all of them.
_SCHEMES = {"purelib": SITE, "platlib": SITE, "scripts": _PROGRAMS, "headers": "include/", "data": ""}
# What Python runs, and what it loads; another text, such as a LICENSE at the top, harms nobody.
_CODE = (".py", ".pyc", ".so", ".pth")
_PACKAGE = "__init__"
_SCRIPTS = {"console_scripts", "gui_scripts"}
_CUSTOMIZING = {"sitecustomize", "usercustomize"}


@dataclass(frozen=True, kw_only=True)
class InstalledFile:
    """A member of a wheel, and where it is installed: below `SITE`, `bin/`, or another folder of the installation."""

    wheel: str
    member: str
    path: str
    data: bytes

    @property
    def is_code(self) -> bool:
        """Whether Python runs or loads it."""
        return self.path.endswith(_CODE) or self.path.startswith(_PROGRAMS)

    @property
    def module(self) -> str:
        """Its name for Python, `a.b.c`; empty for what is none."""
        if not self.path.startswith(SITE) or not self.path.endswith((".py", ".pyc", ".so")):
            return ""
        folder, _, file = self.path.removeprefix(SITE).rpartition("/")
        name = file.partition(".")[0]
        parts = [*folder.split("/"), *([] if name == _PACKAGE else [name])]
        return ".".join(part for part in parts if part)


def places_of(name: str, wheel: WheelInfo, python: str) -> list[InstalledFile]:
    """Where the members of a wheel are installed, and the scripts that installers make; `python` is such as 3.14."""
    return [
        *_scripts(name, wheel),
        *(
            InstalledFile(wheel=name, member=member, path=_installed(member, wheel, python), data=file.data)
            for member, file in wheel.members.items()
        ),
    ]


def _scripts(name: str, wheel: WheelInfo) -> Iterator[InstalledFile]:
    """What the scripts among the entry points become: each is a line `script = module:function`."""
    member = f"{wheel.dist_info}/entry_points.txt"
    section = ""
    for line in wheel.members[member].data.splitlines() if member in wheel.members else ():
        text = line.decode("utf-8", errors="replace").strip()
        script, equals, called = (part.strip() for part in text.partition("="))
        if text.startswith("["):
            section = text.strip("[] ")
        elif equals and section in _SCRIPTS and not script.startswith(("#", ";")):
            yield InstalledFile(wheel=name, member=member, path=f"{_PROGRAMS}{script}", data=called.encode())


def check_closure(
    own: Sequence[InstalledFile], others: Iterable[Sequence[InstalledFile]], *, library: frozenset[str]
) -> Iterator[Finding]:
    """What a wheel, whose places are `own`, does to `others` beside it, and to Python with its standard `library`."""
    yield from _check_twice(own)
    yield from _check_python(own, library)
    for other in others:
        yield from _check_pair(own, other)


def _check_twice(own: Iterable[InstalledFile]) -> Iterator[Finding]:
    """Two members of one wheel that are installed to the same place."""
    seen: dict[str, InstalledFile] = {}
    for place in own:
        first = seen.setdefault(place.path, place)
        if first is not place and first.data != place.data:
            code = Code.OVERWRITES if place.is_code else Code.OVERLAPS
            yield Finding(code=code, member=place.member, message=f"is installed where {first.member} is")


def _check_python(own: Iterable[InstalledFile], library: frozenset[str]) -> Iterator[Finding]:
    modules: dict[str, list[InstalledFile]] = defaultdict(list)
    for place in own:
        if place.path.startswith(_LIBRARY):
            message = "is installed into the folder of the standard library"
            yield Finding(code=Code.STANDARD_LIBRARY, member=place.member, message=message)
        if place.path.startswith(f"{_PROGRAMS}python"):
            message = "is installed where the program `python` is looked for"
            yield Finding(code=Code.STANDARD_LIBRARY, member=place.member, message=message)
        if place.path.endswith(".pth") and place.path.count("/") == 1:
            yield Finding(code=Code.START, member=place.member, message="is for each start of Python")
        if place.module:
            modules[place.module.partition(".")[0]].append(place)
    for name in sorted(modules.keys() & (library | _CUSTOMIZING)):
        message = f"has the name of `{name}`, which is in the standard library"
        if name in _CUSTOMIZING:
            message = f"is `{name}`, which the user's own may be, and runs at each start of Python"
        yield Finding(code=Code.STANDARD_LIBRARY, member=modules[name][0].member, message=message)


def _check_pair(own: Sequence[InstalledFile], other: Sequence[InstalledFile]) -> Iterator[Finding]:
    by_path = {place.path: place for place in other}
    by_module = {place.module: place for place in other if place.module}
    for place in own:
        same = by_path.get(place.path)
        if same is not None and same.data != place.data:
            code = Code.OVERWRITES if place.is_code else Code.OVERLAPS
            where = f" as {same.member}" if same.member != place.member else ""
            message = f"is in {same.wheel} too{where}, with other contents"
            yield Finding(code=code, member=place.member, message=message)
        elif same is None and place.module in by_module:
            shadow = by_module[place.module]
            message = f"is the module {place.module}, and so is {shadow.member} in {shadow.wheel}"
            yield Finding(code=Code.OVERWRITES, member=place.member, message=message)


def _installed(member: str, wheel: WheelInfo, python: str) -> str:
    top, _, below = member.partition("/")
    scheme, _, rest = below.partition("/")
    if not top.endswith(".data") or scheme not in _SCHEMES or not rest:
        return SITE + member
    if scheme == "headers":
        return f"include/{wheel.name.distribution}/{rest}"
    library = f"lib/python{python}/"
    for folder, named in ((f"{library}{SITE}", SITE), (library, _LIBRARY)):
        if scheme == "data" and rest.startswith(folder):
            return named + rest.removeprefix(folder)
    return _SCHEMES[scheme] + rest
