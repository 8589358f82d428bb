"""Which files are a project's: what git knows of its folder, or all but hidden files and what tools leave.

Files that a build may need are never left out without a word. What lies in another place and is linked or kept as a
repository of its own, such as a submodule, is part of the project too.
"""

from __future__ import annotations

import os
import posixpath
import re
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

from wasmwright import limits, process
from wasmwright.errors import InvalidRecipe
from wasmwright.names import first_few
from wasmwright.plaintext import visible_line

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

# What tools leave in a project's folder: the first anywhere, the second at its top unless they are packages.
_LEFT_ANYWHERE = ("__pycache__", "node_modules")
_LEFT_AT_TOP = ("build", "dist")
# Nobody looks for these in a source: git's own, and Python's.
_NOT_MISSED = re.compile(r"\.git.*|__pycache__")
# What a hook of git sets would have it list another repository.
_OF_ANOTHER_REPOSITORY = ("GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE", "GIT_COMMON_DIR", "GIT_PREFIX")
_NAMED = 6


@dataclass(frozen=True, kw_only=True)
class ProjectFile:
    """A file of a project: its name below the project's folder, and where it lies.

    Of a symbolic link `link` is what it leads to, from the place where it is. Bytes of a name that are not UTF-8 are
    in it as Python has them (`surrogateescape`).
    """

    name: str
    path: Path
    link: str = ""


@dataclass(frozen=True, kw_only=True)
class ProjectFiles:
    """The members, sorted by name, and what a user should know of what is left out."""

    members: tuple[ProjectFile, ...]
    notes: tuple[str, ...]


def project_files(folder: Path) -> ProjectFiles:
    """The files of the project in `folder`.

    Raises InvalidRecipe where something cannot be read, LimitExceeded where there are more files than an archive has.
    """
    gathering = _Gathering(top=folder)
    try:
        gathering.take(Path(os.path.realpath(folder)), "", within=())
    except OSError as error:
        raise unreadable(error) from None
    members = tuple(sorted(gathering.members.values(), key=lambda member: member.name))
    return ProjectFiles(members=members, notes=tuple(gathering.notes))


@dataclass(kw_only=True)
class _Gathering:
    """What was found so far, by name."""

    top: Path
    members: dict[str, ProjectFile] = field(default_factory=dict)
    notes: list[str] = field(default_factory=list)

    def take(self, root: Path, prefix: str, *, within: tuple[Path, ...]) -> None:
        """Take the files of `root` under the names `prefix`...; `within` are the folders that led to it by links."""
        links = list(self._take_files(root, prefix))
        # Links to links as well: each counts as there for the others.
        there = {name for name in self.members if name.startswith(prefix)} | {link.name for link in links}
        there |= {parent for name in there for parent in _parents(name)}
        for link in links:
            self._take_link(link, root, prefix, there, within=(*within, root))

    def _take_files(self, root: Path, prefix: str) -> Iterator[ProjectFile]:
        """Take what is no link, repositories in the folder included, and give the links."""
        missing: list[str] = []
        for name in self._names(root, prefix):
            path = root / name
            member = ProjectFile(name=f"{prefix}{name.rstrip('/')}", path=path)
            if path.is_symlink():
                yield member
            elif path.is_dir():
                # git names no folders but those of other repositories.
                if (path / ".git").exists():
                    yield from self._take_files(path, f"{member.name}/")
                else:
                    self._note(
                        f"{member.name} is a submodule that is not checked out, so its files are missing: "
                        f"`git submodule update --init {member.name}`"
                    )
            elif path.is_file():
                self._add(member)
            elif path.exists():
                self._note(f"{member.name} is no file, folder or link, and is left out")
            else:
                missing.append(member.name)
        if missing:
            self._note(f"git knows them, but they are not there: {first_few(missing, _NAMED)}")

    def _take_link(
        self, link: ProjectFile, root: Path, prefix: str, there: set[str], *, within: tuple[Path, ...]
    ) -> None:
        """A link stays one where it leads to a member; else what it leads to takes its place."""
        parent = posixpath.dirname(link.name)
        try:
            target = Path(os.path.realpath(link.path, strict=True))
        except OSError:
            text = str(link.path.readlink())
            if _is_inside(posixpath.join(parent, text), prefix):
                self._add(ProjectFile(name=link.name, path=link.path, link=text))
            else:
                self._note(f"{link.name} is left out: it is a link to {text}, which is not there")
            return
        if target.is_relative_to(root):
            name = posixpath.normpath(f"{prefix}{target.relative_to(root).as_posix()}")
            if name in there or target == root:
                self._add(ProjectFile(name=link.name, path=link.path, link=posixpath.relpath(name, parent or ".")))
                return
        if target.is_file():
            self._add(ProjectFile(name=link.name, path=target))
        elif not target.is_dir():
            self._note(f"{link.name} leads to {target}, which is no file or folder, and is left out")
        elif any(folder.is_relative_to(target) for folder in within):
            self._note(f"{link.name} is left out: it leads to {target}, which it lies in itself")
        else:
            self.take(target, f"{link.name}/", within=within)

    def _names(self, root: Path, prefix: str) -> Iterable[str]:
        """The names of files and links, and those of repositories, below `root`."""
        tracked = _tracked(root)
        if isinstance(tracked, tuple):
            return tracked
        if tracked:
            self._note(f"{tracked}, so all files of {self.top / prefix} are taken")
        names, left = _walk(root)
        if left:
            shown = first_few([f"{prefix}{name}" for name in left], _NAMED)
            self._note(f"left out, as hidden or left by tools: {shown} (in a git repository, git decides)")
        return names

    def _add(self, member: ProjectFile) -> None:
        self.members[member.name] = member
        limits.MEMBERS.check(len(self.members), str(self.top))

    def _note(self, text: str) -> None:
        self.notes.append(visible_line(text))


def _walk(root: Path) -> tuple[list[str], list[str]]:
    """The names of all files and links below `root`, and of what is left out."""
    names: list[str] = []
    left: list[str] = []
    for parent, folders, files in os.walk(root, onerror=_refuse):
        inside = posixpath.relpath(parent, root)
        relative = {name: posixpath.normpath(f"{inside}/{name}") for name in (*folders, *files)}
        dropped = {name for name in relative if _is_left_out(Path(parent, name), at_top=inside == ".")}
        left += sorted(relative[name] for name in dropped if not _NOT_MISSED.fullmatch(name))
        links = [name for name in folders if Path(parent, name).is_symlink()]
        folders[:] = sorted(set(folders) - dropped - set(links))
        names += [relative[name] for name in (*files, *links) if name not in dropped]
    return names, left


def _is_left_out(path: Path, *, at_top: bool) -> bool:
    if path.name.startswith("."):
        return True
    if not path.is_dir():
        return False
    is_package = (path / "__init__.py").exists()
    return path.name in _LEFT_ANYWHERE or (at_top and path.name in _LEFT_AT_TOP and not is_package)


def _tracked(folder: Path) -> tuple[str, ...] | str:
    """What git would take of a folder; where it does not say, the reason, empty outside of repositories."""
    try:
        listed = _git(folder, "ls-files", "-z", "--cached", "--others", "--exclude-standard")
    except process.ProgramMissing:
        return "git is not installed" if _is_in_repository(folder) else ""
    if listed.returncode != 0:
        said = listed.stderr.strip().partition("\n")[0].removeprefix("fatal: ")
        return f"git does not list them ({said})" if _is_in_repository(folder) else ""
    names = tuple(sorted({name for name in listed.stdout.split("\0") if name}))
    if not names or _git(folder, "check-ignore", "--quiet", "--no-index", ".").returncode == 0:
        return "git ignores them"
    return names


def _git(folder: Path, *arguments: str) -> process.Completed:
    environment = {name: value for name, value in os.environ.items() if name not in _OF_ANOTHER_REPOSITORY}
    return process.run(["git", *arguments], env=environment, cwd=folder, check=False, errors="surrogateescape")


def _is_in_repository(folder: Path) -> bool:
    return any((parent / ".git").exists() for parent in (folder, *folder.parents))


def _parents(name: str) -> Iterator[str]:
    while name := posixpath.dirname(name):
        yield name


def _is_inside(name: str, prefix: str) -> bool:
    """Whether a path, which may hold `..`, is one of those below `prefix`."""
    normal = posixpath.normpath(name)
    return not name.startswith("/") and normal.split("/")[0] != ".." and f"{normal}/".startswith(prefix)


def unreadable(error: OSError) -> InvalidRecipe:
    """The error for a file or folder that is part of a project and cannot be read."""
    message = f"{error.filename} cannot be read: {error.strerror}"
    hint = "it would be part of the project: make it readable, or have git ignore it"
    return InvalidRecipe(message, hint=hint)


def _refuse(error: OSError) -> NoReturn:
    raise error
