"""Flags and options of compilers and build systems, as recipes here say them."""

from __future__ import annotations

import re
import shlex
from dataclasses import replace
from typing import TYPE_CHECKING

from wasmwright.importing.places import NATIVE, has_place, shown
from wasmwright.names import quoted

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from wasmwright.importing.foreign import Cited, Foreign

    Placed = Callable[[str, str], "str | None"]

# What every build here is told, or has by its ABI.
_ABI = re.compile(
    r"-fPIC|-fpic|-fwasm-exceptions|-sSUPPORT_LONGJMP(=\w+)?|-sWASM_BIGINT(=1)?|-sRELOCATABLE(=1)?|-sSIDE_MODULE(=[12])?|"
    r"-sLINKABLE(=1)?|-sEXPORT_ALL(=1)?|-sWASM(=1)?|-sMODULARIZE(=1)?|-sFORCE_FILESYSTEM(=1)?|-sNODERAWFS(=1)?|"
    r"-sALLOW_MEMORY_GROWTH(=1)?|-shared|-sDISABLE_EXCEPTION_CATCHING=0|-fexceptions|-fno-lto|-sEXIT_RUNTIME(=1)?"
)
_PORT_FLAG = re.compile(r"-sUSE_(\w+?)(?:=1)?|--use-port=([\w-]+)(?::\S*)?")
_OWN_CMAKE = re.compile(
    r"CMAKE_(INSTALL_\w+|BUILD_TYPE|TOOLCHAIN_FILE|PREFIX_PATH|FIND_ROOT_PATH\w*|POSITION_INDEPENDENT_CODE|"
    r"VERBOSE_MAKEFILE|SYSTEM_\w+|CROSSCOMPILING\w*|AR|RANLIB|NM|C_COMPILER\w*|CXX_COMPILER\w*|MODULE_PATH|"
    r"EXPORT_\w+|PROJECT_INCLUDE|Fortran_COMPILER\w*|BUILD_RPATH\w*|SKIP_\w*RPATH\w*|MAKE_PROGRAM|POLICY_DEFAULT_\w+)"
)
_KEPT_CMAKE = re.compile(r"CMAKE_(POLICY_VERSION_MINIMUM|PROJECT_INCLUDE|POLICY_DEFAULT_\w+|MODULE_PATH)")
_LIBRARIES = re.compile(r"BUILD_SHARED_LIBS|BUILD_STATIC_LIBS|ONLY_SHARED_LIBS|\w*_?BUILD_(SHARED|STATIC)(_LIBS?)?")
_PLACE = re.compile(
    r"(?i)\w*_(INCLUDE_DIRS?|LIBRARY|LIBRARIES|LIBRARY_DIRS?|ROOT|DIR|PREFIX|ROOT_DIR|INCLUDE|INC|LIB)(_\w+)?"
)
_OWN_CONFIGURE = re.compile(
    r"--(prefix|exec-prefix|libdir|includedir|bindir|datadir|datarootdir|mandir|sysconfdir|host|build|target|"
    r"(dis|en)able-(shared|static)|with-pic|enable-pic|with-sysroot|cache-file|srcdir)(=.*|$)|-C|--quiet|--verbose|"
    r"--(nm|ar|cc|cxx|objcc|dep-cc|ranlib|ld|as|strip|cross-prefix)=.*|"
    r"--with-build-\w+=.*|(CC|CXX|CPP|F77|FC|AR|RANLIB|NM|LD|STRIP|PREFIX|prefix)=.*"
)
# What pkg-config tells configure scripts of a library, and who calls them may tell instead.
_OF_PKG_CONFIG = re.compile(r"(\w+_(?:CFLAGS|CPPFLAGS|LIBS|LDFLAGS))=(.*)", re.DOTALL)
_OWN_MESON = re.compile(
    r"--(prefix|cross-file|native-file|buildtype|libdir|bindir|includedir|default-library|wrap-mode|backend|reconfigure|"
    r"wipe|strip)(=.*|$)|"
    r"-D(prefix|buildtype|libdir|default_library|b_ndebug|wrap_mode)=.*|-v"
)
_MESON_FLAGS = re.compile(r"-D(c_args|cpp_args|c_link_args|cpp_link_args)=(.*)", re.DOTALL)
_LISTS_OF_ARGUMENTS = {"setup-args", "compile-args", "install-args", "dist-args", "cmake.args", "build.tool-args"}
_SETTING_OWN = ("--cross-file", "--native-file", "--buildtype", "-Dbuildtype")
# Parts of the C and C++ libraries, which the runtime has.
_SYSTEM_LIBRARY = re.compile(
    r"lib(dlmalloc|emmalloc|compiler_rt|c|c\+\+|c\+\+abi|unwind|html5|GL|al|stubs|sockets|noexit|fetch|wasmfs|"
    r"bulkmemory|mimalloc|saned|c_rt|c_optz|standalonewasm|printf_long_double|embind|jsmath)?(-[\w-]+)*|sysroot|struct_info"
)
_PROGRAM = re.compile(rf"{NATIVE}/bin/([\w.+-]+)")
_PROGRAMS = {
    **{name: name for name in ("sqlite3", "perl", "bison", "flex", "m4", "cmake", "ninja", "meson")},
    **dict.fromkeys(("pkg-config", "pkgconf"), "pkgconf"),
    **dict.fromkeys(("cc", "gcc", "c++", "g++"), "native-cc"),
}
_PORT_NAMES = {"libjpeg": "libjpeg-turbo", "sqlite3": "sqlite", "boost_headers": "boost", "icu": "icu"}
_PORT_VARIANT = re.compile(r"[-_](mt|legacysjlj|wasm-sjlj|legacyexcept|wasmexcept|pic|ww)(?=$|[-_])")


def is_own(option: str) -> bool:
    """Whether every build here says it itself, so that nothing is lost with its value."""
    name = re.match(r"-D(CMAKE_\w+)(:\w+)?=", option)
    if name is not None:
        return bool(_OWN_CMAKE.fullmatch(name[1])) and not _KEPT_CMAKE.fullmatch(name[1])
    return bool(_OWN_CONFIGURE.fullmatch(option) or _OWN_MESON.fullmatch(option))


def is_place(option: str) -> bool:
    """Whether an option of CMake's says by its name where a library or Python lies."""
    return _PLACE.fullmatch(option.partition("=")[0].partition(":")[0].removeprefix("-D")) is not None


def is_of_abi(flag: str) -> bool:
    """Whether a flag of a compiler says what the ABI says for every build."""
    return bool(_ABI.fullmatch(flag) or re.fullmatch(r"--target=wasm32\S*|-g|-O[0-3sz]", flag))


def words_of(text: str) -> list[str] | None:
    """A text of flags as flags, `-s NAME` as `-sNAME`; None where its quotes do not fit."""
    try:
        words = shlex.split(text)
    except ValueError:
        return None
    joined: list[str] = []
    for word in words:
        if joined and joined[-1] == "-s":
            joined[-1] = f"-s{word}"
        else:
            joined.append(word)
    return joined


def add_flags(foreign: Foreign, kind: str, text: str, where: Cited) -> None:
    """Flags of a compiler or the linker: `cflags`, `cxxflags`, `ldflags`, or `cppflags` for both compilers."""
    words = words_of(text)
    if words is None:
        foreign.findings.person(f"{quoted(text)} has a quote without its other", at=where)
        return
    for word in words:
        if found := _PORT_FLAG.fullmatch(word):
            add_port(foreign, found[1] or found[2], where)
        elif _ABI.fullmatch(word):
            foreign.findings.note(f"`{word}` is the ABI's to say", at=where)
        elif not word:
            # A variable in quotes, in which nothing is here.
            continue
        elif not word.isprintable():
            foreign.findings.person(f"{quoted(word)} is no flag", at=where)
        elif kind == "ldflags" and foreign.is_library:
            foreign.findings.note(f"`{word}` is left out: a static library is not linked", at=where)
        else:
            _append_flag(foreign, kind, word)


def _append_flag(foreign: Foreign, kind: str, word: str) -> None:
    lists = {
        "cflags": (foreign.cflags,),
        "cxxflags": (foreign.cxxflags,),
        "ldflags": (foreign.ldflags,),
        "cppflags": (foreign.cflags, foreign.cxxflags),
    }[kind]
    for each in lists:
        if word not in each:
            each.append(word)


def add_port_of(foreign: Foreign, flag: str, where: Cited) -> None:
    """A library of Emscripten's, where a flag names one."""
    if found := _PORT_FLAG.fullmatch(flag):
        add_port(foreign, found[1] or found[2], where)


def add_port(foreign: Foreign, name: str, where: Cited) -> None:
    """A library that Emscripten would fetch and build: here it is a recipe, or part of the runtime."""
    plain = name.lower().partition(":")[0].removesuffix("=1")
    if _SYSTEM_LIBRARY.fullmatch(name):
        foreign.findings.note(f"`{name}` is part of the runtime", at=where)
        return
    while (shorter := _PORT_VARIANT.sub("", plain)) != plain:
        plain = shorter
    if plain.startswith("sdl"):
        foreign.findings.person(f"`{name}` draws with the browser: no library here does", at=where)
        return
    plain = _PORT_NAMES.get(plain, plain)
    foreign.findings.note(f"Emscripten's `{name}` is the library `{plain}` here", at=where)
    foreign.need(replace(where, text=plain))


def add_cmake(foreign: Foreign, option: str, placed: Placed, where: Cited) -> None:
    """An option of CMake's configure step."""
    found = re.fullmatch(r"-D([\w.+-]+)(?::\w+)?=(.*)", option, re.DOTALL)
    if found is None:
        if not re.match(r"-(G|W|-trace|-log|-no-warn|-fresh|L)", option):
            _place(foreign, option, option.partition("=")[0], placed, where)
        return
    name, value = found[1], found[2]
    if program := _PROGRAM.fullmatch(value):
        _program(foreign, name, program[1], where)
    elif kind := _cmake_flags(name):
        add_flags(foreign, kind, _without_places(value), where)
    elif (_OWN_CMAKE.fullmatch(name) and not _KEPT_CMAKE.fullmatch(name)) or _LIBRARIES.fullmatch(name):
        return
    else:
        _place(foreign, f"-D{name}={value}", name, placed, where)


def _program(foreign: Foreign, name: str, program: str, where: Cited) -> None:
    """A program of the machine that builds, which an option names by its place: what builds find by its name."""
    if tool := _PROGRAMS.get(program):
        foreign.add_tool(tool)
    elif not re.fullmatch(r"python[\d.]*|emcc|em\+\+|emar|emranlib|node", program):
        message = f"`{name}` names the program {quoted(program)} of the machine that builds: no tool here has it"
        foreign.findings.person(message, at=where)
        return
    foreign.findings.note(f"`{name}` names the program {quoted(program)}, which is found here by its name", at=where)


def _cmake_flags(name: str) -> str | None:
    found = re.fullmatch(r"CMAKE_(C|CXX|EXE_LINKER|SHARED_LINKER|MODULE_LINKER|STATIC_LINKER)_FLAGS(_\w+)?", name)
    if found is None:
        return None
    return {"C": "cflags", "CXX": "cxxflags"}.get(found[1], "ldflags")


def add_configure(foreign: Foreign, word: str, placed: Placed, where: Cited) -> None:
    """An argument of a configure script."""
    if not word or _OWN_CONFIGURE.fullmatch(word):
        return
    if (found := _OF_PKG_CONFIG.fullmatch(word)) and has_place(found[2]) and (words := words_of(found[2])) is not None:
        left = [one for one in words if not (one.startswith(("-I", "-L")) and has_place(one))]
        foreign.findings.note(f"folders in `{found[1]}` say where a library lies, which is found here", at=where)
        if not left:
            return
        word = f"{found[1]}={' '.join(left)}"
    _place(foreign, word, word.partition("=")[0], placed, where)


def add_meson(foreign: Foreign, arguments: Sequence[str], placed: Placed, where: Cited) -> list[str]:
    """The arguments of `meson setup`; its folders are given back."""
    paths = []
    waiting = iter(arguments)
    for word in waiting:
        if word in {"--prefix", "--cross-file", "--buildtype", "--libdir", "--default-library", "--native-file"}:
            next(waiting, None)
        elif _OWN_MESON.fullmatch(word):
            continue
        elif found := _MESON_FLAGS.fullmatch(word):
            kind = {"c_args": "cflags", "cpp_args": "cxxflags"}.get(found[1], "ldflags")
            add_flags(foreign, kind, _without_places(found[2].replace(",", " ")), where)
        elif word.startswith("-"):
            _place(foreign, word, word.partition("=")[0].removeprefix("-D"), placed, where)
        else:
            paths.append(word)
    return paths


def add_setting(foreign: Foreign, text: str) -> None:
    """A setting for a PEP 517 back end, `KEY=VALUE`."""
    key, _, value = text.partition("=")
    # Where a variable that others fill holds nothing, there is no argument.
    is_empty = not value and key in _LISTS_OF_ARGUMENTS
    if key and not is_own_setting(text) and not is_empty:
        # A new list: what a command changes may have to be taken back.
        foreign.settings[key] = [*foreign.settings.get(key, []), value]


def is_own_setting(text: str) -> bool:
    """Whether it is of a build's own: each has a cross file, and one folder to build in."""
    key, _, value = text.partition("=")
    return key in {"build-dir", "builddir"} or value.startswith(_SETTING_OWN)


def _keep(foreign: Foreign, flag: str) -> None:
    if flag not in foreign.flags:
        foreign.flags.append(flag)


def _place(foreign: Foreign, flag: str, name: str, placed: Placed, where: Cited) -> None:
    """Keep an option, with the folder of ours for the one of all libraries there."""
    text = placed(flag, name)
    if text is not None:
        _keep(foreign, text)
    elif _PLACE.fullmatch(name) or name.startswith("--with-"):
        message = f"`{name}` says where a library lies, which is found here"
        foreign.findings.note(message, at=where)
    else:
        foreign.findings.person(f"{quoted(shown(name))} names a folder that is not here", at=where)


def _without_places(text: str) -> str:
    words = words_of(text)
    return text if words is None else shlex.join(word for word in words if not has_place(word))
