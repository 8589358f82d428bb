"""The files of a side module's link: found, compiled where they are sources, and copied where they have to change."""

from __future__ import annotations

import os

from wasmwright.wrapper import isolate
from wasmwright.wrapper.arguments import LINKED, LINKER, SHARED, WHOLE, split

TYPE_CHECKING = False  # as in failure.py

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from wasmwright.wrapper.arguments import Word

_STATIC = (".o", ".a")
# Options that a compilation has no use for, or with which it would not be one.
_OF_LINKS = ("-L", "-l", "-o")


class CompilationFailed(Exception):
    """A source among the inputs cannot be compiled, and the compiler has said why; `code` is what it ended with."""

    def __init__(self, code: int) -> None:
        super().__init__(code)
        self.code = code


class LinkInputs:
    """A link's command with every input that needs it replaced by a copy in `folder`, which `remove` takes away.

    `is_library`: the module shows all that it defines.
    """

    def __init__(self, command: Sequence[str], *, folder: str, is_library: bool) -> None:
        self.program = command[0]
        self.words = split(command[1:])
        self.library_folders = [named for word in self.words if (named := word.operand("-L"))]
        self.folder = folder
        self.is_library = is_library
        self.originals: dict[str, str] = {}

    def command(self) -> list[str]:
        """The command to run; raises CompilationFailed, and OSError where a file cannot be written."""
        shared = frozenset[bytes]().union(*self._libraries())
        arguments: list[str] = []
        is_whole = False
        for word in self.words:
            for token in word.tokens:
                is_whole = WHOLE.get(token, is_whole)
            path = self._path(word)
            arguments += word.arguments() if path is None else self._replaced(word, path, shared, is_whole)
        return [self.program, *arguments]

    def remove(self) -> None:
        """Take the folder and the copies in it away."""
        if os.path.isdir(self.folder):
            for name in os.listdir(self.folder):
                os.unlink(os.path.join(self.folder, name))
            os.rmdir(self.folder)

    def with_original_names(self, text: str) -> str:
        """What a program said of the copies, said of the files themselves."""
        for copy, original in self.originals.items():
            text = text.replace(copy, original)
        return text

    def _libraries(self) -> Iterator[frozenset[bytes]]:
        for word in self.words:
            path = self._path(word)
            names = isolate.exports(read_bytes(path)) if path and not path.endswith(_STATIC) else None
            if names is not None:
                yield names

    def _path(self, word: Word) -> str | None:
        """The file that a word names; None for an option, and for a library that the linker finds elsewhere."""
        if word.tokens:
            return None
        name = word.operand("-l")
        if name is None:
            return word.text if not word.text.startswith("-") and os.path.isfile(word.text) else None
        names = [name[1:]] if name.startswith(":") else [f"lib{name}.so", f"lib{name}.a"]
        paths = (os.path.join(folder, file) for folder in self.library_folders for file in names)
        return next((path for path in paths if os.path.isfile(path)), None)

    def _replaced(self, word: Word, path: str, shared: frozenset[bytes], is_whole: bool) -> list[str]:  # noqa: FBT001
        if not path.endswith(LINKED) and not read_bytes(path).startswith((isolate.OBJECT, b"!<")):
            return [self._isolated(self._compiled(path), shared)]
        members = isolate.thin_members(read_bytes(path)) if path.endswith(".a") else None
        if members is None:
            copy = self._isolated(path, shared)
            return word.arguments() if copy == path else [copy]
        folder = os.path.dirname(path)
        objects = [self._isolated(os.path.join(folder, member), shared) for member in members]
        return objects if is_whole else ["-Wl,--start-lib", *objects, "-Wl,--end-lib"]

    def _isolated(self, path: str, shared: frozenset[bytes]) -> str:
        """A copy of the object or archive whose symbols are the module's own, or the file itself if it has none."""
        data = bytearray(read_bytes(path))
        if not isolate.hide(data, shared=shared, exported=self.is_library):
            return path
        copy = self._name(path)
        with open(copy, "wb") as file:
            file.write(data)
        return copy

    def _compiled(self, source: str) -> str:
        """The object of a source that was to be compiled and linked at once."""
        target = self._name(f"{source}.o")
        others = [word for word in self.words if word.text not in SHARED and not word.text.startswith(_OF_LINKS)]
        options = [argument for word in others if self._is_compilers(word) for argument in word.arguments()]
        command = [self.program, *options, "-c", source, "-o", target]
        code = os.spawnv(os.P_WAIT, command[0], command)  # noqa: S606 - no shell is what is wanted
        if code != 0:
            raise CompilationFailed(code if code > 0 else 128 - code)
        return target

    def _is_compilers(self, word: Word) -> bool:
        is_link = word.text == LINKER or (word.setting or "").startswith("SIDE_MODULE")
        return word.text.startswith("-") and not is_link

    def _name(self, path: str) -> str:
        """A new name in the folder; it ends as the file's does, which the compiler goes by."""
        copy = os.path.join(self.folder, f"{len(self.originals)}-{os.path.basename(path)}")
        self.originals[copy] = path
        return copy


def read_bytes(path: str) -> bytes:
    """A file; nothing for what cannot be read."""
    try:
        with open(path, "rb") as file:
            return file.read()
    except OSError:
        return b""
