"""Pyodide's meta.yaml."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from wasmwright.importing.fields import Field, noted, unheard
from wasmwright.importing.findings import Level, listed
from wasmwright.importing.flags import add_flags, add_setting, is_own_setting, words_of
from wasmwright.importing.flow import commands
from wasmwright.importing.foreign import Cited, ForeignSource
from wasmwright.importing.left import Left, placed_file
from wasmwright.importing.places import DOLLAR
from wasmwright.importing.scripts import read_script
from wasmwright.importing.scriptvariables import Script
from wasmwright.importing.yamltext import Listing, Mapping, Scalar
from wasmwright.names import quoted
from wasmwright.sources.entry import relative_fault

if TYPE_CHECKING:
    from wasmwright.importing.beside import Beside
    from wasmwright.importing.fields import Taken
    from wasmwright.importing.foreign import Foreign
    from wasmwright.importing.shell import ShellCommand

_LIBRARIES = {"static_library", "shared_library"}
# Sets that say how it is built, or when Pyodide's own tests load it.
_NO_SETS = {"library", "static_library", "shared_library", "rust", "always", "cross-build", "cmake", "pytest"}
_TOOLS = {
    **{name: name for name in ("cmake", "ninja", "perl", "m4", "bison", "flex", "sqlite3", "meson", "pkgconf")},
    "yacc": "bison",
    "pkg-config": "pkgconf",
    "gfortran": "flang",
    "autoconf": "autotools",
    "libtool": "autotools",
    "automake": "autotools",
    "autoreconf": "autotools",
    "f2c": "flang",
    "lex": "flex",
}
_OF_PYTHON = "it is a module of Python's own library, which comes with the runtime"
_EXPORTS = {"pyinit": "", "requested": "all", "whole_archive": "all"}
_FOLDER_VARIABLE = re.compile(
    r"\$[({](WASM_LIBRARY_DIR|PYTHONINCLUDE|NUMPY_LIB|HOSTSITEPACKAGES|HOSTINSTALLDIR|LIB\w+_PATH|TARGETINSTALLDIR)\b"
)
_BUILD_VARIABLE = re.compile(r"\$(?!ORIGIN\b|\{ORIGIN\})[({]?[A-Za-z_]")
# From the beginning of a word: else each of its letters is looked at as often as it has letters.
_FLAG_VARIABLE = re.compile(r"(?<!\S)(?:-(?:I|L|isystem)\s+)?\S*\$[({]\w+[)}]\S*")


def read_pyodide(root: Mapping, foreign: Foreign, beside: Beside, lines: list[str], python: str) -> None:
    """Add what a meta.yaml says, with that version of Python. `lines` are those of its text, for the comments in it."""
    reader = _Reader(foreign=foreign, beside=beside, lines=lines, python=python)
    reader.read(Field(node=root, key="", line=1, findings=foreign.findings))


def says_library(root: Mapping) -> bool:
    """Whether a recipe is one of a library."""
    build = root.items.get("build")
    return isinstance(build, Mapping) and _type_of(build) in _LIBRARIES


def _type_of(build: Mapping) -> str | None:
    """The type that `build` names, now or as it was named before."""
    for old, kind in (("sharedlibrary", "shared_library"), ("library", "static_library")):
        node = build.items.get(old)
        if isinstance(node, Scalar) and node.switch():
            return kind
    node = build.items.get("type")
    return node.text if isinstance(node, Scalar) else None


@dataclass(kw_only=True)
class _Reader:
    foreign: Foreign
    beside: Beside
    lines: list[str]
    python: str
    kind: str = "package"
    top: list[Cited] = field(default_factory=list)

    def read(self, root: Field) -> None:
        fields = root.fields()
        if "build" in fields:
            self._kind(fields["build"])
        # What is needed has to be known before flags and scripts name folders of it.
        order = {"package": self._package, "about": self._about, "requirements": self._requirements}
        order |= {"source": self._source, "test": self._test, "build": self._build}
        for name, taker in order.items():
            if name in fields:
                taker(fields[name])
        root.take(dict.fromkeys(order, unheard) | {"extra": self._extra, "schema_version": unheard})
        foreign = self.foreign
        if "source" in fields and not foreign.sources and self._is_port():
            text = f"Emscripten's library, which is {listed(foreign.host)} here"
            foreign.needless = Cited(text=text, line=fields["source"].line, key="source.path")
        if not foreign.imports and not foreign.is_library and foreign.name is not None:
            foreign.imports += self.top

    def _is_port(self) -> bool:
        """Whether a library has nothing of its own, and all that Emscripten would build for it is here."""
        foreign = self.foreign
        is_built = foreign.system is not None or foreign.flags or foreign.left
        is_told = any(one.key == "build.script" and one.level is Level.PERSON for one in foreign.findings.found)
        return (
            foreign.is_library
            and not (is_built or is_told)
            and bool(foreign.host)
            and {*foreign.host} <= {*foreign.libraries}
        )

    def _kind(self, build: Field) -> None:
        if not isinstance(build.node, Mapping):
            return
        self.kind = _type_of(build.node) or self.kind
        self.foreign.is_library = self.kind in _LIBRARIES

    # package

    def _package(self, field: Field) -> None:
        field.take(
            {
                "name": self._name,
                "version": self._version,
                "top-level": self._top_level,
                "tag": self._tag,
                "_disabled": self._disabled,
                "pinned": self._pinned,
                "_tag": self._tag,
                "_cpython_dynlib": self._of_python,
            }
        )

    def _of_python(self, field: Field) -> None:
        if field.is_on():
            self.foreign.needless = Cited(text=_OF_PYTHON, line=field.line, key=field.key)

    def _name(self, field: Field) -> None:
        self.foreign.name = field.said()

    def _version(self, field: Field) -> None:
        self.foreign.version = field.said()

    def _top_level(self, field: Field) -> None:
        for said in field.texts():
            if all(part.isidentifier() for part in said.text.split(".")):
                self.top.append(said)
            else:
                message = f"{quoted(said.text)} is no name of a module: it is left out"
                self.foreign.findings.note(message, at=said)

    def _tag(self, field: Field) -> None:
        for said in field.texts():
            if said.text == "rust":
                self.foreign.is_rust = True
            if said.text == "pyodide.test":
                self.foreign.needless = replace(said, text="it is a test of Pyodide itself")
            if said.text not in _NO_SETS:
                self.foreign.sets.append(said)
            elif said.text not in {"rust", "library", "static_library", "shared_library"}:
                message = f"`{said.text}` is no set of packages: it says how or when it is built and loaded there"
                self.foreign.findings.note(message, at=said)

    def _disabled(self, field: Field) -> None:
        if field.is_on():
            text = self._comment(field) or "disabled where it was imported from, without a reason"
            self.foreign.disabled = Cited(text=text, line=field.line, key=field.key)

    def _pinned(self, field: Field) -> None:
        if field.is_on():
            text = self._comment(field) or "held where it was imported from, without a reason"
            self.foreign.hold = Cited(text=text, line=field.line, key=field.key)

    def _comment(self, field: Field) -> str:
        """What stands behind a value, or alone above it, as the reason for it."""
        line, above = ((["", *self.lines, ""])[at] for at in (field.line, field.line - 1))
        own = line.partition("#")[2].strip()
        return own or (above.strip().lstrip("# ") if above.lstrip().startswith("#") else "")

    # source

    def _source(self, field: Field) -> None:
        fields = field.fields()
        known = dict.fromkeys(("url", "sha256", "patches", "extras", "path", "extract_dir"), unheard)
        hashes = dict.fromkeys(("md5", "sha1", "sha512", "blake2b"), noted("`lock` pins a sha256"))
        field.take(known | hashes | {"extract-dir": unheard})
        if "path" in fields:
            message = "the source lies beside the recipe: what is a project of its own is built by `build FOLDER`"
            self.foreign.findings.refuse(message, key="source.path", line=fields["path"].line)
        extract = fields.get("extract_dir") or fields.get("extract-dir")
        if extract is not None:
            extract.note("the one folder at the top of an archive is entered, whatever its name")
        for extra in fields["extras"].items() if "extras" in fields else ():
            self._extra_file(extra)
        if "url" not in fields:
            return
        url, sha256 = fields["url"].said(), fields["sha256"].said() if "sha256" in fields else None
        patches = fields["patches"].texts() if "patches" in fields else []
        if url is not None:
            source = ForeignSource(urls=(url,), sha256=sha256, patches=tuple(patches), line=field.line)
            self.foreign.sources.append(source)

    def _extra_file(self, field: Field) -> None:
        texts = field.texts()
        if len(texts) != 2 or not isinstance(field.node, Listing):  # noqa: PLR2004 - from, to
            field.person("is no list of a file beside the recipe and its place in the source")
            return
        given, to = texts
        self._left(given, to.text)

    def _left(self, said: Cited, to: str) -> None:
        """A file beside the recipe, which goes to a place."""
        if relative_fault(said.text) is not None or (into := placed_file(said.text, to)) is None:
            message = f"{quoted(said.text)} is not copied to {quoted(to)}: a patch can bring what it has"
            self.foreign.findings.person(message, at=said)
        else:
            self.foreign.left.append(Left(at=said, into=into))

    # requirements

    def _requirements(self, field: Field) -> None:
        field.take(
            {
                "host": self._host,
                "run": self._run,
                "build-extras": self._requires,
                "executable": self._executable,
                "constraint": self._constraint,
                "build": self._requires,
            }
        )

    def _host(self, field: Field) -> None:
        for said in field.texts():
            self.foreign.need(said)

    def _run(self, field: Field) -> None:
        for said in field.texts():
            self.foreign.need(said, run=True)

    def _requires(self, field: Field) -> None:
        self.foreign.requires += field.texts()

    def _constraint(self, field: Field) -> None:
        texts = field.texts()
        if self.foreign.is_library:
            return
        self.foreign.requires += texts
        if texts:
            field.note("a limit on what the build requires is a requirement here")

    def _executable(self, field: Field) -> None:
        for said in field.texts():
            if said.text in {"rustup", "cargo", "rustc", "maturin"}:
                self.foreign.is_rust = True
            elif said.text in _TOOLS:
                self.foreign.add_tool(_TOOLS[said.text])
            elif said.text == "swig" and not self.foreign.is_library:
                self.foreign.requires.append(said)
                field.findings.note("`swig` comes from the index", key=said.key, line=said.line)
            else:
                field.findings.person(f"no tool here is called {quoted(said.text)}", key=said.key, line=said.line)

    # build

    def _build(self, field: Field) -> None:
        if self.kind == "cpython_module":
            self.foreign.needless = Cited(text=_OF_PYTHON, line=field.line, key="build.type")
        elif self.kind not in {"package", *_LIBRARIES}:
            field.person(f"nothing is known of the type {quoted(self.kind)}: a wheel is made")
        if self.kind == "shared_library":
            message = "wheels link it statically; side modules that they load are named by `build.shared`"
            self.foreign.findings.note(message, key="build.type", line=field.line)
        ours = noted("builds here do so by themselves")
        field.take(
            {
                "type": lambda field: unheard(field) if field.said() else None,
                "library": unheard,
                "sharedlibrary": unheard,
                "cflags": self._flags("cflags"),
                "cxxflags": self._flags("cxxflags"),
                "ldflags": self._flags("ldflags"),
                "backend-flags": self._backend_flags,
                "exports": self._exports,
                "script": self._script,
                "cross-script": self._script,
                "post": self._post,
                "unvendor-tests": noted("tests stay in the wheel, unless `tests.split` names them"),
                "_retain-test-patterns": noted("tests stay in the wheel, unless `tests.split` names them"),
                "vendor-sharedlib": noted("side modules of libraries come in wheels of their own"),
                "vendor_sharedlib": noted("side modules of libraries come in wheels of their own"),
                "cross-build-env": ours,
                "cross-build-files": ours,
                "_cross-build-env-skip-install": ours,
                "skip_host": ours,
                "global_dso": noted("side modules of libraries come in wheels of their own"),
                "replace-libs": ours,
            }
        )

    def _flags(self, kind: str) -> Taken:
        def take(field: Field) -> None:
            for said in _by_line(field):
                add_flags(self.foreign, kind, self._known_flags(said), said)

        return take

    def _known_flags(self, said: Cited) -> str:
        """Flags without those that name a folder of Pyodide's, all of which builds here find."""
        text = said.text.replace("$ORIGIN", f"{DOLLAR}ORIGIN")
        for found in _FLAG_VARIABLE.findall(text):
            if _FOLDER_VARIABLE.search(found):
                self.foreign.findings.note(f"`{found}` says where something lies, which is found here", at=said)
            else:
                message = f"{quoted(found)} is a variable of its build, whose value is not known here"
                self.foreign.findings.person(message, at=said)
            text = text.replace(found, " ")
        return text.replace(f"{DOLLAR}ORIGIN", "$ORIGIN")

    def _backend_flags(self, field: Field) -> None:
        for said in _by_line(field):
            words = words_of(said.text.replace("\\$", "$").replace("\n", " "))
            if words is None:
                self.foreign.findings.person("has a quote without its other", at=said)
            for word in words or ():
                self._backend_flag(word, said)

    def _backend_flag(self, word: str, said: Cited) -> None:
        if is_own_setting(word):
            message = f"{quoted(word)}: builds here have a file that describes the platform, and a folder to build in"
            self.foreign.findings.note(message, at=said)
        elif _BUILD_VARIABLE.search(word):
            message = f"{quoted(word)} has a variable of its build, whose value is not known here"
            self.foreign.findings.person(message, at=said)
        else:
            add_setting(self.foreign, word)

    def _exports(self, field: Field) -> None:
        texts = field.texts()
        if isinstance(field.node, Scalar):
            for said in texts:
                if said.text not in _EXPORTS:
                    field.person(f"nothing is known of {quoted(said.text)}: each module exports its PyInit function")
                    continue
                self.foreign.exports = _EXPORTS[said.text]
                if self.foreign.exports:
                    field.note(f"`{said.text}` is `all` here")
        else:
            self.foreign.exports = [said.text for said in texts]

    def _script(self, field: Field) -> None:
        said = field.said()
        if said is not None and isinstance(field.node, Scalar):
            line = field.node.line + (1 if field.node.block else 0)
            version = {"PKG_VERSION": self.foreign.version.text} if self.foreign.version else {}
            version |= dict(zip(("PYMAJOR", "PYMINOR"), self.python.split("."), strict=False))
            script = Script(text=said.text, line=line, key=field.key, variables=version, beside=self.beside)
            read_script(self.foreign, script)

    def _post(self, field: Field) -> None:
        said = field.said()
        if said is None:
            return
        first = field.node.line if isinstance(field.node, Scalar) and field.node.block else field.node.line - 1
        for command in commands(said.text, {}):
            at = replace(said, line=first + command.line)
            if _brought(command):
                self._left(replace(at, text=command.words[-2].partition("/")[2]), command.words[-1])
                continue
            if _only_deletes(command):
                self.foreign.findings.note("what it takes out of the finished wheel stays in the wheel", at=at)
                continue
            taken = _taken_out(command)
            if taken is None:
                message = f"{quoted(command.text)} changes the finished wheel, and is not run: a patch can do it before"
                self.foreign.findings.person(message, at=at)
            for path in taken or ():
                self.foreign.findings.note(f"`{path}` is moved out of the wheel, by `tests.split`", at=at)
                self.foreign.taken_out.append(replace(at, text=path))

    # test, about, extra

    def _test(self, field: Field) -> None:
        field.take({"imports": self._imports, "commands": noted("the suite is named by `tests.suite`")})

    def _imports(self, field: Field) -> None:
        self.foreign.imports += field.texts()

    def _about(self, field: Field) -> None:
        field.take(
            {
                "home": self._home,
                "homepage": self._home,
                "summary": self._summary,
                "license": self._license,
                "PyPI": self._project,
                "PyPi": self._project,
                "pypi": self._project,
                "description": noted("the summary stands for it"),
            }
        )

    def _home(self, field: Field) -> None:
        said = field.said()
        self.foreign.homepage = said if said is not None and said.text else None

    def _summary(self, field: Field) -> None:
        self.foreign.summary = field.said()

    def _license(self, field: Field) -> None:
        self.foreign.license = field.said()

    def _project(self, field: Field) -> None:
        said = field.said()
        found = re.match(r"https?://[^/]+/project/([A-Za-z0-9._-]+)", said.text) if said else None
        if said is not None and found is not None:
            self.foreign.project = Cited(text=found[1], line=said.line, key=said.key)

    def _extra(self, field: Field) -> None:
        field.take({"recipe-maintainers": noted("recipes here name no maintainers"), "maintainers": unheard})


def _by_line(field: Field) -> list[Cited]:
    """Texts of flags, line by line where no quotes go over several."""
    lines = field.lines()
    return field.texts() if any(words_of(one.text) is None for one in lines) else lines


def _is_alone(command: ShellCommand) -> bool:
    return not (command.nested or command.piped or any(">" in word for word in command.words))


def _brought(command: ShellCommand) -> bool:
    """Whether a command puts one file that lies beside the recipe into the wheel."""
    match [word for word in command.words if not re.fullmatch(r"-[a-z]+", word)]:
        case ["cp", given, to]:
            is_beside = re.fullmatch(r"\$(?:PKGDIR|\{PKGDIR\})/[\w./-]+", given)
            return is_beside is not None and re.fullmatch(r"[\w./-]+", to) is not None and _is_alone(command)
        case _:
            return False


def _only_deletes(command: ShellCommand) -> bool:
    """Whether `find` does nothing but to take files out of the wheel, and not by their names alone."""
    name, *words = command.words
    does = [word for word in words if re.fullmatch(r"-(delete|exec|execdir|ok|okdir|fl?print\w*)", word)]
    return name == "find" and does == ["-delete"] and _found(command) is None and _is_alone(command)


def _found(command: ShellCommand) -> list[str] | None:
    """What `find` takes out of a wheel by its name, as patterns."""
    match [word for word in command.words if word not in {"-type", "f"}]:
        case ["find", folder, "-name", name, "-delete"] if re.fullmatch(r"[\w./-]+/?[\w.*?-]+", f"{folder}{name}"):
            folder = folder.removeprefix("./").strip("/.")
            return [f"{folder}/**/{name}".lstrip("/")]
        case _:
            return None


def _taken_out(command: ShellCommand) -> list[str] | None:
    """What `rm` takes out of a wheel, as patterns; None for another command."""
    if (found := _found(command)) is not None and _is_alone(command):
        return found
    name, *paths = command.words
    paths = [path.removeprefix("./").rstrip("/") for path in paths if not path.startswith("-")]
    if name != "rm" or command.nested or command.piped or not all(re.fullmatch(r"[\w.*/-]+", path) for path in paths):
        return None
    return [path if re.search(r"\.\w+$", path) else f"{path}/**" for path in paths]
