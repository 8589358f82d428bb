"""Recipes of rattler-build (recipe.yaml, version 1), and the older form of boa that emscripten-forge had."""

from __future__ import annotations

import re
import sys
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from wasmwright.importing import bounds
from wasmwright.importing.condaneeds import CondaNeeds
from wasmwright.importing.condatree import PlatformTree, read_variants
from wasmwright.importing.fields import Field, for_person, noted, unheard
from wasmwright.importing.findings import listed
from wasmwright.importing.foreign import Cited, ForeignSource
from wasmwright.importing.scripts import read_script
from wasmwright.importing.scriptvariables import Script
from wasmwright.importing.scriptwords import has_variable
from wasmwright.importing.sources import is_of_index
from wasmwright.importing.yamltext import Listing, Mapping, Node, Scalar, scalars
from wasmwright.names import normalize, quoted

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator

    from wasmwright.importing.beside import Beside
    from wasmwright.importing.fields import Taken
    from wasmwright.importing.foreign import Foreign

_SCRIPT_FILE = re.compile(r"[\w./-]+\.(sh|bat)|build")
_PIP = re.compile(r"\bpip3?['\"]?\s+(install|wheel)|setup\.py|-m\s+build\b|\bmaturin\b|-m\s+pip\b|\bpyproject-build\b")
_R, _R_RUNS = re.compile(r"\bR(script)?\b"), re.compile(r"\bCMD\s+INSTALL\b|\s-e\b")
_IMPORT = re.compile(r"^[ \t]*(?:import|from)[ \t]+([A-Za-z_]\w*)", re.MULTILINE)
_HOMES = ("home", "homepage", "repository", "dev_url")
_PROGRAM_FILES = re.compile(
    r"(s?bin|libexec|etc|share/(man|doc|info|licenses|bash-completion|zsh|fish|locale|applications))(/|$)"
)
_CONDA_ONLY = "of packages of conda only"


def read_conda(root: Mapping, foreign: Foreign, beside: Beside, python: str) -> None:
    """Add what a recipe.yaml says for WebAssembly, with that version of Python."""
    tree = PlatformTree(findings=foreign.findings, variants=read_variants(beside))
    resolved = tree.resolve(root, python)
    reader = _Reader(foreign=foreign, beside=beside, tree=tree, python=python)
    reader.read(Field(node=resolved, key="", line=root.line, findings=foreign.findings))


@dataclass(kw_only=True)
class _Reader:
    foreign: Foreign
    beside: Beside
    tree: PlatformTree
    python: str
    needs: CondaNeeds = field(init=False)
    noarch: str | None = None
    named: Cited | None = None
    scripts: list[Script] = field(default_factory=list)
    test_files: list[Cited] = field(default_factory=list)
    environment: dict[str, str] = field(default_factory=dict)
    has_script: bool = False

    def __post_init__(self) -> None:
        self.needs = CondaNeeds(foreign=self.foreign)

    def read(self, root: Field) -> None:
        fields = root.fields()
        root.take(
            {
                **dict.fromkeys(("package", "recipe", "build", "source", "requirements", "about"), unheard),
                "schema_version": unheard,
                "context": unheard,
                "tests": self._tests,
                "test": self._test,
                "extra": self._extra,
                "outputs": unheard,
                "cache": self._shared,
                "features": noted("there are no variants of a package here"),
                "staging": self._shared,
            }
        )
        if "outputs" in fields:
            fields = self._output(fields)
        for name, taker in (
            ("recipe", self._package),
            ("package", self._package),
            ("about", self._about),
            ("source", self._source),
            ("requirements", self._requirements),
            ("build", self._build),
        ):
            if name in fields:
                taker(fields[name])
        self.foreign.name = self.named or self.foreign.name
        self._decide(fields.get("build"))

    # Several packages of one recipe

    def _output(self, fields: dict[str, Field]) -> dict[str, Field]:
        """The fields of the output that is carried, on those of the whole."""
        named = self._named_outputs(fields["outputs"])
        left = [name for name, output in named.items() if self._is_skipped(output)]
        if left and len(left) < len(named):
            fields["outputs"].note(f"{listed(left)}: skipped for WebAssembly where it was imported from")
            named = {name: output for name, output in named.items() if name not in left}
        wanted = _output_name(fields["recipe"]) if "recipe" in fields else ""
        plain = re.sub(r"-(split|suite|feedstock|meta)$", "", wanted)
        if plain in named and not self._is_empty(named[plain], fields):
            wanted = plain
        chosen = named.get(wanted) or next((named[name] for name in _by_use(named, self.foreign.known)), None)
        if chosen is None:
            return fields
        inner = chosen.fields()
        own = _output_name(chosen)
        same = [name for name in named if name != own and _of_library(name) == _of_library(own)]
        if same:
            fields["outputs"].note(f"{listed(same)}: the same library, which is one package here")
        rest = [name for name in named if name not in {own, *same}]
        empty = [name for name in rest if self._is_empty(named[name], fields)]
        if empty:
            fields["outputs"].note(f"{listed(empty)}: has nothing of its own, and only requires others")
        parts = [name for name in rest if name not in empty and _is_part(named[name], chosen, fields)]
        if parts:
            fields["outputs"].note(f"{listed(parts)}: a part of what is built once, of which nothing is left out here")
        programs = [name for name in rest if name not in {*empty, *parts} and _is_of_programs(named[name])]
        if programs:
            fields["outputs"].note(f"{listed(programs)}: programs and what goes with them, which are not made here")
        others = [name for name in rest if name not in {*empty, *parts, *programs}]
        if others:
            message = f"of its packages `{own}` is carried: recipes of their own are {listed(others)}"
            fields["outputs"].person(message)
        chosen.take(
            {
                **dict.fromkeys(("package", "build", "source", "requirements", "about", "name"), unheard),
                "version": self._version,
                "script": self._script,
                "tests": self._tests,
                "test": self._test,
                "extra": unheard,
                "inherit": noted("what it inherits is built with it"),
            }
        )
        if "package" not in inner and "name" in inner:
            self.named = inner["name"].said()
        return fields | {name: _on_top(field, fields.get(name)) for name, field in inner.items()}

    def _named_outputs(self, outputs: Field) -> dict[str, Field]:
        """The packages by their names; what is built for all of them is taken."""
        named: dict[str, Field] = {}
        for output in outputs.items():
            if isinstance(output.node, Mapping) and "staging" in output.node.items:
                self._shared(output)
            elif isinstance(output.node, Mapping) and (name := _output_name(output)):
                if named.setdefault(name, output) is not output:
                    output.note(f"another variant of `{name}` is left out")
            else:
                output.person("names no package")
        return named

    def _is_empty(self, output: Field, fields: dict[str, Field]) -> bool:
        """Whether an output only names others."""
        parts = {*_items(output.node), *_items(_items(output.node).get("build"))}
        if "requirements" not in parts or {"script", "source", "files", "inherit"} & parts:
            return False
        # It is the script of all that name none, unless one names it.
        texts = [one.text for name in ("outputs", "cache") if name in fields for one in scalars(fields[name].node)]
        return not self.beside.has("build.sh") or bool({"build", "build.sh"} & {*texts})

    def _is_skipped(self, output: Field) -> bool:
        """Whether an output is not for WebAssembly."""
        skip = _items(_items(output.node).get("build")).get("skip")
        return skip is not None and any(self._skips(said) for said in output.of(skip, "outputs.build.skip", 1).texts())

    def _shared(self, field: Field) -> None:
        """What is built once for all packages of a recipe, before each of them."""
        field.take(
            {
                **dict.fromkeys(("name", "staging"), unheard),
                "source": self._source,
                "requirements": self._requirements,
                "build": self._build,
            }
        )
        field.note("what is built once for several packages is built with the one that is carried")

    # Fields

    def _package(self, field: Field) -> None:
        field.take({"name": self._name, "version": self._version})

    def _name(self, field: Field) -> None:
        self.foreign.name = field.said() or self.foreign.name

    def _version(self, field: Field) -> None:
        self.foreign.version = field.said() or self.foreign.version

    def _about(self, field: Field) -> None:
        fields = field.fields()
        left = noted("no field here says it")
        homes = [name for name in _HOMES if name in fields]
        known: dict[str, Taken] = dict.fromkeys((*_HOMES, "description"), left)
        known |= dict.fromkeys((*homes[:1], "summary", "license"), unheard)
        known |= dict.fromkeys(("license_file", "license_family", "license_url", "documentation", "doc_url"), left)
        known |= dict.fromkeys(("prelink_message", "doc_source_url", "PyPI", "channels", "license_files"), left)
        field.take(known)
        for name in homes:
            if self.foreign.homepage is None:
                texts = fields[name].texts()
                self.foreign.homepage = texts[0] if texts and texts[0].text else None
        if "summary" in fields:
            self.foreign.summary = fields["summary"].said()
        if "license" in fields:
            self.foreign.license = fields["license"].said()
        for said in [
            said for name in ("PyPI", *_HOMES, "documentation") if name in fields for said in fields[name].texts()
        ]:
            found = re.match(r"https?://[^/]*\bpypi\b[^/]*/project/([A-Za-z0-9._-]+)", said.text)
            if found and self.foreign.project is None:
                self.foreign.project = Cited(text=found[1], line=said.line, key=said.key)

    def _source(self, field: Field) -> None:
        for source in field.items():
            fields = source.fields()
            source.take(
                {
                    **dict.fromkeys(("url", "sha256", "patches", "path", "git", "rev", "tag"), unheard),
                    **dict.fromkeys(("target_directory", "folder", "git_url", "git_rev", "fn"), unheard),
                    **dict.fromkeys(("md5", "sha1"), noted("`lock` pins a sha256")),
                    "file_name": noted("files keep their names"),
                    "branch": unheard,
                    "depth": noted("no clone is made"),
                    "git_depth": noted("no clone is made"),
                    "lfs": for_person("files of Git LFS are not in an archive"),
                    "submodules": noted("submodules are further sources"),
                    "use_gitignore": noted("a folder beside the recipe is not taken"),
                    "attestation": noted("the hash says which file it is"),
                    "filter": noted("a folder beside the recipe is not taken"),
                }
            )
            self._one_source(source, fields)

    def _one_source(self, source: Field, fields: dict[str, Field]) -> None:
        def said(*names: str) -> Cited | None:
            return next((one for name in names if name in fields and (one := fields[name].said())), None)

        repository, urls = said("git", "git_url"), tuple(fields["url"].texts()) if "url" in fields else ()
        path = said("path")
        if path is not None and (urls or repository):
            into = said("target_directory", "folder")
            self.foreign.sources.append(ForeignSource(beside=path, into=into, key=source.key, line=source.line))
        self.foreign.sources.append(
            ForeignSource(
                urls=tuple(url for url in urls if url.text),
                sha256=said("sha256"),
                repository=repository,
                rev=said("rev", "git_rev", "tag", "branch"),
                patches=tuple(fields["patches"].texts()) if "patches" in fields else (),
                beside=path if not urls and repository is None else None,
                into=said("target_directory", "folder"),
                key=source.key,
                line=source.line,
            )
        )

    def _requirements(self, field: Field) -> None:
        limits = noted("what is installed beside it is not limited here")
        field.take(
            {
                **dict.fromkeys(("build", "host", "run"), unheard),
                **dict.fromkeys(("run_constraints", "run_constrained"), limits),
                **dict.fromkeys(("run_exports", "ignore_run_exports"), noted("what links it names it under `host`")),
            }
        )
        self.needs.take(field.fields())

    def _build(self, field: Field) -> None:
        only = noted(_CONDA_ONLY)
        field.take(
            {
                **dict.fromkeys(("number", "string", "variant", "prefix_detection", "merge_build_and_host_envs"), only),
                **dict.fromkeys(("always_include_files", "always_copy_files", "dynamic_linking"), only),
                **dict.fromkeys(("run_exports", "ignore_run_exports", "missing_dso_whitelist"), only),
                **dict.fromkeys(("include_recipe", "binary_relocation", "detect_binary_files_with_prefix"), only),
                **dict.fromkeys(("activate_in_script", "force_use_keys", "force_ignore_keys", "rpaths"), only),
                "script": self._script,
                "noarch": self._noarch,
                "skip": self._skip,
                "python": noted("entry points and compiled files are the wheel's own"),
                **dict.fromkeys(("skip_compile_pyc", "skip_pyc_compilation"), noted("the wheel has sources")),
                "entry_points": noted("entry points are the wheel's own"),
                "files": noted("all files stay in the wheel, unless `tests.split` names them"),
                "post_process": for_person("changes files of the result, and is not run"),
            }
        )

    def _noarch(self, field: Field) -> None:
        said = field.said()
        self.noarch = said.text if said else None

    def _skip(self, field: Field) -> None:
        for said in field.texts():
            if self._skips(said):
                text = f"skipped for WebAssembly where it was imported from, by `{' '.join(said.text.split())}`"
                self.foreign.disabled = Cited(text=text, line=said.line, key=said.key)
        if self.foreign.disabled is None:
            field.note("it is not skipped for WebAssembly")

    def _skips(self, said: Cited) -> bool:
        switch = {"true": True, "false": False}.get(said.text.lower())
        return switch if switch is not None else self.tree.is_true(said.text, said.line or 1, "build.skip")

    # Scripts

    def _script(self, field: Field) -> None:
        if field.is_nothing:
            return
        self.has_script = True
        if isinstance(field.node, Mapping):
            field.take(
                {
                    "content": self._content,
                    "file": self._file,
                    "env": self._env,
                    "interpreter": for_person("another interpreter than a shell's"),
                    "secrets": noted("no build here sees secrets"),
                    "cwd": for_person("another folder to build in"),
                }
            )
        else:
            self._content(field)

    def _content(self, field: Field) -> None:
        """A script, or its parts: those that are texts are one script, in which each line knows those before it."""
        lines: list[Scalar] = []
        for item in field.items():
            if isinstance(item.node, Scalar) and not self._is_file(item.node.text.strip()):
                lines.append(item.node)
                continue
            self._joined(lines, field.key)
            if isinstance(item.node, Scalar):
                self._file(item)
            elif isinstance(item.node, Mapping):
                self._script(item)
            else:
                item.person("is no text of a script")
        self._joined(lines, field.key)

    def _joined(self, lines: list[Scalar], key: str) -> None:
        """Lines as one script, each where it stands in the recipe."""
        if not lines:
            return
        begin = lines[0].line + (1 if lines[0].block else 0)
        text, at = "", begin
        for one in lines:
            place = one.line + (1 if one.block else 0)
            text += "\n" * max(place - at, 0) + one.text.rstrip("\n") + "\n"
            at = begin + text.count("\n")
        self.scripts.append(Script(text=text, line=begin, key=key))
        lines.clear()

    def _is_file(self, text: str) -> bool:
        """Whether a line of a script is the name of one: those of shells may be without their ending."""
        return bool(_SCRIPT_FILE.fullmatch(text)) or (
            re.fullmatch(r"[\w-]+", text) is not None and self.beside.has(f"{text}.sh")
        )

    def _file(self, field: Field) -> None:
        said = field.said()
        if said is not None and not said.text.endswith(".bat"):
            name = said.text.strip()
            if not self._from_file(name if "." in name else f"{name}.sh", said):
                field.note(f"there is no {quoted(name)} beside the recipe: what it says is not carried")

    def _from_file(self, name: str, where: Cited) -> bool:
        text = self.beside.text(name, bounds.SCRIPT_SIZE)
        if text is not None:
            file = _beside(self.foreign.findings.file, name)
            self.scripts.append(Script(text=text, line=1, key=where.key, file=file))
        return text is not None

    def _env(self, field: Field) -> None:
        for name, value in field.fields().items():
            said = value.said()
            if said is not None and re.fullmatch(r"[A-Za-z_]\w*", name):
                line = f"export {name}={_quoted(said.text)}"
                self.scripts.append(Script(text=line, line=value.line, key=value.key))
                self.environment[name] = said.text
            elif said is not None:
                value.person("is no name of a variable")

    # What it makes

    def _decide(self, build: Field | None) -> None:
        """Whether a wheel or a library is made; then what it needs and what its scripts do has a meaning."""
        foreign = self.foreign
        if not self.has_script and self.noarch != "generic":
            self._from_file("build.sh", Cited(text="", line=None, key="build.script"))
        texts = [re.sub(r"(?m)^\s*#.*$", "", script.text) for script in self.scripts]
        if self.needs.is_of_r or any(map(_calls_r, texts)):
            foreign.findings.refuse("a package of R: no runtime here runs R", key="requirements")
            return
        foreign.is_library = not self._is_wheel(texts)
        if foreign.is_library and self.noarch == "python":
            foreign.is_library = False
        self.needs.carry()
        version = {"PKG_VERSION": foreign.version.text} if foreign.version else {}
        version |= {"PKG_NAME": foreign.name.text} if foreign.name else {}
        version |= {"PY_VER": self.python, "CONDA_PY": self.python.replace(".", "")}
        plain = {name: text for name, text in self.environment.items() if not has_variable(text)}
        for script in self.scripts:
            read_script(foreign, replace(script, variables=version | plain, beside=self.beside))
        if foreign.is_library and foreign.system is None:
            foreign.system = self.needs.system()
            if foreign.system is not None:
                message = f"by the tools that it needs it is built by {foreign.system}"
                foreign.findings.note(message, key="requirements.build", line=build.line if build else None)
        self._imports()

    def _is_wheel(self, scripts: list[str]) -> bool:
        if self.noarch is not None:
            return self.noarch == "python"
        if any(_PIP.search(text) for text in scripts):
            return True
        if any(is_of_index(url.text) for source in self.foreign.sources for url in source.urls):
            return True
        compiled = any(re.search(r"\b(cmake|configure|meson|make)\b", text) for text in scripts)
        return self.needs.has_python and not compiled and bool(self.needs.names & {"pip", "setuptools", "python"})

    # Tests

    def _tests(self, field: Field) -> None:
        left = noted("what the package's own tests are, `tests.suite` and `test_import.py` say")
        for test in field.items():
            if isinstance(test.node, Scalar):
                left(test)
                continue
            test.take(
                {
                    "python": self._python_test,
                    "script": left,
                    "commands": left,
                    "requirements": left,
                    "requires": left,
                    "files": self._files,
                    "package_contents": noted("what a library holds, the gate looks at"),
                    **dict.fromkeys(("downstream", "perl", "ruby", "nodejs", "r", "lua"), left),
                }
            )

    def _python_test(self, field: Field) -> None:
        for one in field.items():
            one.take(
                {
                    "imports": self._named_imports,
                    "pip_check": noted("requirements are checked at the gate"),
                    "python_version": noted("it is tested with the runtime's"),
                }
            )

    def _named_imports(self, field: Field) -> None:
        self.foreign.imports += [said for said in field.texts() if said.text]

    def _test(self, field: Field) -> None:
        left = noted("what the package's own tests are, `tests.suite` and `test_import.py` say")
        known = dict.fromkeys(("commands", "requires", "files", "source_files", "downstreams"), left)
        field.take({**known, "imports": self._named_imports})

    def _files(self, field: Field) -> None:
        field.note("files of tests are not copied; what they import is tested, where no module is named")
        if isinstance(field.node, Mapping):
            for part in field.fields().values():
                self.test_files += part.texts()
        else:
            self.test_files += field.texts()

    def _extra(self, field: Field) -> None:
        fields = field.fields()
        left = noted("recipes here name no maintainers")
        field.take({name: left if "maintainers" in name else noted("no field here says it") for name in fields})
        waiting = [fields["emscripten_tests"]] if "emscripten_tests" in fields else []
        while waiting:
            one = waiting.pop()
            if isinstance(one.node, Mapping):
                waiting += one.fields().values()
            elif isinstance(one.node, Listing | Scalar):
                self.test_files += one.texts()

    def _imports(self) -> None:
        """Where no module is named: those that the test scripts import."""
        foreign = self.foreign
        foreign.imports = [said for said in foreign.imports if said.text]
        if foreign.imports or foreign.is_library:
            return
        for said in self.test_files:
            found = list(dict.fromkeys(self._imported(said.text)))
            if found:
                foreign.findings.note(f"{listed(found)}: imported by {quoted(said.text)}", key=said.key, line=said.line)
                foreign.imports += [Cited(text=name, line=said.line, key=said.key) for name in found]
                return

    def _imported(self, name: str) -> Iterator[str]:
        text = self.beside.text(name, bounds.TEST_SIZE) if name.endswith(".py") else None
        own = {normalize(word) for word in (self.foreign.name.text if self.foreign.name else "").split("-")}
        others = {*sys.stdlib_module_names, "pytest", "pyjs", "numpy", "__future__"} - own
        needed = {normalize(name) for name in (*self.foreign.run, *self.foreign.host)}
        for module in _IMPORT.findall(text or "")[:200]:
            if module not in others and normalize(module) not in needed:
                yield module


def _calls_r(script: str) -> bool:
    """Whether a line of it installs a package of R, or runs a text in R."""
    for line in script.splitlines():
        found = _R.search(line)
        if found is not None and _R_RUNS.search(line, found.end()):
            return True
    return False


def _on_top(own: Field, shared: Field | None) -> Field:
    """A field of one package; of a mapping, with what is said for all packages besides."""
    if shared is None or not isinstance(own.node, Mapping) or not isinstance(shared.node, Mapping):
        return own
    items, lines = {**shared.node.items, **own.node.items}, {**shared.node.lines, **own.node.lines}
    return replace(own, node=Mapping(line=own.node.line, items=items, lines=lines))


def _items(node: Node | None) -> dict[str, Node]:
    """The fields of a mapping; none of anything else."""
    return node.items if isinstance(node, Mapping) else {}


def _is_part(output: Field, carried: Field, fields: dict[str, Field]) -> bool:
    """Whether an output has some files of what is built once, where the one that is carried is made of that too."""
    mine, whole = (_items(one.node) for one in (output, carried))
    build = _items(mine.get("build"))
    if "source" in mine or "script" in mine or "script" in build or _needs_python(mine):
        return False
    if "cache" in fields:
        return "files" in build or "script" not in _items(whole.get("build"))
    base = _inherited(mine)
    return base != "" and base == _inherited(whole)


def _is_of_programs(output: Field) -> bool:
    """Whether an output has only programs, and what goes with them."""
    mine = _items(output.node)
    files = _items(mine.get("build")).get("files")
    named = [one.text for one in scalars(files)] if files is not None else []
    return bool(named) and "source" not in mine and all(map(_PROGRAM_FILES.match, named))


def _inherited(output: dict[str, Node]) -> str:
    node = output.get("inherit")
    node = _items(node).get("from") if isinstance(node, Mapping) else node
    return node.text if isinstance(node, Scalar) else ""


def _needs_python(output: dict[str, Node]) -> bool:
    needs = _items(output.get("requirements"))
    named = [one.text for name in ("host", "run") if name in needs for one in scalars(needs[name])]
    return any(re.match(r"python\b(?!-)", text) for text in named)


def _output_name(field: Field) -> str:
    """The name that an output, or the head of a recipe, gives."""
    node = field.node
    for key in ("package", "name"):
        if isinstance(node, Mapping) and key in node.items:
            node = node.items[key]
    if isinstance(node, Mapping):
        node = node.items.get("name", Scalar(text="", line=field.line))
    return node.text if isinstance(node, Scalar) else ""


def _of_library(name: str) -> str:
    """What packages of the same library are all called."""
    return re.sub(r"-(static|shared|dev|devel|headers|tests?)$", "", normalize(name)).removeprefix("lib")


def _by_use(names: Iterable[str], known: Collection[str]) -> list[str]:
    """Names of packages, the first before the others; but of its library the static one, or one that is known here."""
    ordered = list(names)
    same = [name for name in ordered if _of_library(name) == _of_library(ordered[0])]
    static = [name for name in same if name.endswith("-static")]
    return [*static, *(name for name in same if name in known), *ordered]


def _quoted(text: str) -> str:
    return "'" + text.replace("'", "'\\''") + "'"


def _beside(file: str, name: str) -> str:
    folder, slash, _ = file.rpartition("/")
    return f"{folder}{slash}{name}"
