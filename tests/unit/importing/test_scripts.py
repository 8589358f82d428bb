from __future__ import annotations

import pytest
from importer import imported

from wasmwright.importing.findings import Level
from wasmwright.importing.run import System

RECIPE = """\
package:
  name: made-up
  version: "1.2"
source:
  url: https://github.com/made/up/archive/v1.2.tar.gz
  sha256: "0000000000000000000000000000000000000000000000000000000000000000"
build:
  script: |
{}
"""

WAYS = "say what it does as a patch, a key or a flag"


def told(*lines: str) -> list[str]:
    """What a person has to look at in a script."""
    text = RECIPE.format("\n".join(f"    {line}" for line in lines))
    return [one.message for one in imported(System.CONDA, text).findings if "is not run" in one.message]


def test_variables_are_known_to_conditions_after_what_was_not_understood():
    known = ("MODE=shared", "if [[ $MODE == static ]]; then", "  strange --static", "fi")
    assert told(*known) == []
    lost = ("if unheard; then", "  strange --at-all", "fi")
    assert len(told(*lost, *known)) == len(told(*lost)) > 0


def test_settings_are_not_added_where_nobody_knows_whether_they_are_given():
    install = "pip install . -v -Csetup-args=-D{}"
    lines = [install.format("first=1"), "if unheard; then", "  " + install.format("second=2"), "fi"]
    found = imported(System.CONDA, RECIPE.format("\n".join(f"    {line}" for line in lines)))
    assert found.text is not None
    settings = [line for line in found.text.splitlines() if "setup-args" in line and not line.startswith("#")]
    assert settings == ['config-settings = {setup-args = "-Dfirst=1"}']
    assert any("-Dsecond=2` is not run" in one.message for one in found.findings)


def carried(*lines: str, host: str = "") -> tuple[str, list[str]]:
    """The recipe of a script, and what a person has to look at."""
    text = RECIPE.format("\n".join(f"    {line}" for line in lines))
    if host:
        text += f"requirements: {{build: [make], host: [{host}]}}\n"
    found = imported(System.CONDA, text)
    assert found.text is not None
    return found.text, [one.message for one in found.findings if one.level is Level.PERSON]


def test_array_that_is_declared_is_empty():
    lines = ("declare -a more", "if [[ $target_platform == osx-64 ]]; then", "  more+=(-DX=1)", "fi")
    text, left = carried(*lines, 'cmake "${more[@]}" -DY=2 .', "make install")
    assert ('flags = ["-DY=2"]' in text, left) == (True, [])


def test_variables_of_other_platforms_have_no_value():
    lines = (
        '[ -n "$PATH_OVERRIDE" ] && strange --at-all',
        'if [ -n "$CYGWIN_PREFIX" ]; then',
        "  strange --again",
        "fi",
        './configure --with-it="$LIBRARY_PREFIX_M"',
    )
    text, left = carried(*lines, "make")
    assert ('flags = ["--with-it="]' in text, left) == (True, [])


def test_variable_that_may_have_been_set_is_not_known_where_it_is_used():
    lines = ("MODE=a", "LEFT=b", "LIST=(x)", "if unheard; then", "  MODE=c", "  LIST+=(y)", "fi")
    unused = carried(*lines, "./configure --with=$LEFT", "make")
    assert ('flags = ["--with=b"]' in unused[0], unused[1]) == (True, ["`if unheard` is not run: " + WAYS])
    text, left = carried(*lines, './configure --with=$MODE "${LIST[@]}"', "make")
    assert "flags = [" not in text
    assert left[1:] == [
        f"`{one}` is not carried: its value is not known here" for one in ("--with=$MODE", "${LIST[@]}")
    ]
    condition = ("if [[ $MODE == c ]]; then", "  strange --at-all", "fi")
    assert len(carried(*lines, *condition, "make")[1]) == len(unused[1]) + 1


def test_own_variables_of_builds_may_be_set_or_not():
    lines = ("if [ -f x ]; then", "  export EMSDK_PYTHON=$BUILD_PREFIX/bin/python3", "fi", "./configure", "make")
    assert carried(*lines)[1] == []


def test_variable_that_is_exported_already_has_its_last_value():
    text, left = carried("export MODE=a", "MODE=b", "./configure", "make")
    assert ('env = {MODE = "b"}' in text, left) == (True, [])
    assert len(carried("export MODE=a", "if unheard; then MODE=b; fi", "./configure", "make")[1]) > 1


def test_what_pkg_config_would_tell_is_no_flag():
    flags = ('ODD_CFLAGS="-I$PREFIX/include"', 'ODD_LIBS="-L$PREFIX/lib -lodd"', 'MORE_CFLAGS="-I$PREFIX/x -DSTILL=1"')
    text, left = carried("./configure \\", f"  {' '.join(flags)}", "make", host="zlib, libpng")
    assert ('flags = ["ODD_LIBS=-lodd", "MORE_CFLAGS=-DSTILL=1"]' in text, left) == (True, [])
    assert carried("./configure ODD_CFLAGS=-x$PREFIX/y", "make", host="zlib, libpng")[1] != []


@pytest.mark.parametrize(
    ("code", "is_silent"),
    [
        ("import sys; print('on', sys.version)", True),
        ("import sysconfig as s, platform; print(s.get_path('x'), platform.system())", True),
        ("print(open('x', 'w').write('y'))", False),
        ("import os; os.remove('x')", False),
        ("print(__import__('os').remove('x'))", False),
        ("import os; print(os.remove('x'))", False),
        ("print(", False),
    ],
)
def test_python_that_only_prints_is_silent(code: str, is_silent: bool):  # noqa: FBT001 - a case
    assert (carried(f'$PYTHON -c "{code}"', "./configure", "make")[1] == []) is is_silent


def test_flags_of_the_environment_without_some_of_them_are_those_of_builds():
    line = """export CFLAGS="$(echo "${CFLAGS:-}" | sed -E 's/-march=[^ ]+//g') -DKEPT=1" """
    text, left = carried(line, "./configure", "make")
    assert ('cflags = ["-DKEPT=1"]' in text, left) == (True, [])


def test_copy_of_a_licence_changes_no_build():
    assert carried('cp doc/COPYING "$SRC_DIR/COPYING" || echo there', "cp LICENSE.md .", "./configure", "make")[1] == []
    assert "`cp doc/code.c .`, which changes" in carried("cp doc/code.c .", "./configure", "make")[0]


def test_folder_of_the_source_is_the_same_from_everywhere():
    text, left = carried("cd sub", "make clean", 'cd "${SRC_DIR}/lib"', "./configure", "make")
    assert ('folder = "lib"' in text, left) == (True, [])


@pytest.mark.parametrize(
    ("value", "ours"),
    [
        ("$PREFIX/lib/libpng.so", "{host:libpng}/lib/libpng.a"),
        ("-I$PREFIX/include $PREFIX/lib/libopenblas.so", "-I{host:openblas}/include {host:openblas}/lib/libopenblas.a"),
        ("-L$PREFIX/lib -lpng -lz", "-L{host:libpng}/lib -lpng -lz"),
    ],
)
def test_library_of_a_variable_is_told_by_its_file(value: str, ours: str):
    text, left = carried(f'export ODD="{value}"', "$PYTHON -m pip install .", host="numpy, libpng, openblas, zlib")
    assert (f'env = {{ODD = "{ours}"}}' in text, left) == (True, [])


def test_folder_of_a_wheel_is_for_a_person():
    line = 'export NUMPY_INCLUDE_DIR="$PREFIX/lib/site-packages/numpy/_core/include"'
    for host in ("numpy", "numpy, zlib"):
        text, left = carried(line, "$PYTHON -m pip install .", host=host)
        assert ("env = " in text, len(left)) == (False, 1)


def test_array_that_nobody_sets_is_empty():
    text, left = carried('./configure "${odd[@]}" --with-x "${more[@]}"', "make")
    assert ('flags = ["--with-x"]' in text, left) == (True, [])
    for line in ("odd=(--y)", "read -a odd < x", "mapfile odd < x", "source $RECIPE_DIR/x.sh", ". ./x.sh"):
        told = carried(f"if unheard; then {line}; fi", './configure "${odd[@]}"', "make")[1]
        assert "`${odd[@]}` is not carried: its value is not known here" in told


def test_words_that_are_no_command_did_nothing():
    text, left = carried("./configure --with-x \\ ", "  --with-y", "make")
    assert ('flags = ["--with-x", " "]' in text or 'flags = ["--with-x"]' in text, left) == (True, [])


def test_meson_file_that_is_made_of_another_is_one_too():
    lines = (
        "cp $RECIPE_DIR/emscripten.meson.cross $SRC_DIR",
        'sed "s|x|${PYTHON}|g" $SRC_DIR/emscripten.meson.cross > $SRC_DIR/emscripten.meson.new',
        "mv $SRC_DIR/emscripten.meson.new $SRC_DIR/emscripten.meson.cross",
        "$PYTHON -m pip install . -Csetup-args=--cross-file=$SRC_DIR/emscripten.meson.cross",
    )
    assert carried(*lines)[1] == []
    assert "`new.c`, which its script writes" in carried("sed s/x/y/ code.c > new.c", "$PYTHON -m pip install .")[0]


def changed(*lines: str, before: str = "") -> list[str]:
    """What of a script changes the source, which a patch would do. Nobody else is asked for."""
    text = RECIPE.format("\n".join(f"    {line}" for line in (*before.splitlines(), *lines, "cmake .", "make install")))
    found = imported(System.CONDA, text)
    assert [one.message for one in found.findings if one.level is Level.PERSON] == []
    return [one.message for one in found.findings if one.level is Level.PATCH]


@pytest.mark.parametrize(
    ("line", "files", "name"),
    [
        ("sed -i 's/void a/int a/g' src/a.c", "`src/a.c`", "src-a-c"),
        ('sed -i.bak "s|@X@|${UNHEARD}|" a.in b.in c.in', "`a.in`, `b.in` and others", "a-in"),
        ("sed -E --in-place -e 's/a/b/' -e '/c/d' **/Makefile", "`**/Makefile`", "Makefile"),
        ("perl -pi -e 's/a/b/' a.c", "`a.c`", "a-c"),
        ("perl -i -pe 's/a/b/' a.c", "`a.c`", "a-c"),
        ('grep -rl "void A" . | xargs sed -i "s/void A/int A/g"', "`.`", "source"),
        ("find src -name '*.c' -type f | xargs -n 1 sed -i 's/a/b/'", "`.`", "source"),
        ("find src lib -name '*.c' -exec sed -i 's/a/b/' {} +", "`src`, `lib`", "src"),
        ("find src -name '*.c' -delete", "`src`", "src"),
        ("rm -rf vendor/zlib", "`vendor/zlib`", "vendor-zlib"),
        ("cp makefile.u makefile", "`makefile`", "makefile"),
        ("mv a.c b.c", "`b.c`", "b-c"),
        ("ln -s ../a b", "`b`", "b"),
        ("cd src && sed -i 's/a/b/' a.c && cd ..", "`src/a.c`", "src-a-c"),
    ],
)
def test_command_that_changes_the_source_is_told_like_a_patch(line: str, files: str, name: str):
    (message,) = changed(line)
    told = f", which changes {files} of the source, is not run: see whether it is needed; a patch"
    assert f"{told} `patches/0001-{name}.patch` would do it" in message


@pytest.mark.parametrize(
    "line",
    [
        "sed -i 's/a/b/' tests/test_a.py",
        "sed -i 's/a/b/' README.md",
        "rm -f .github/workflows/ci.yml",
        "sed -i 's/a/b/' configure.ac",
        r"""sed -i "s@dirs = \[@dirs = ['\\${PREFIX}/include', @" a.py""",
        r"""sed -i "s@dirs = \[\]@dirs = [\"${PREFIX}/lib\"]@" a.py""",
    ],
)
def test_change_that_no_build_sees_is_a_note(line: str):
    assert changed(line) == []


@pytest.mark.parametrize(
    "line",
    [
        "sed -i 's/a/b/' ../a.c",
        "sed -i 's/a/b/' $UNHEARD",
        "sed -i 's/a/b/' $PREFIX/include/a.h",
        "cat a | sed -i 's/a/b/'",
        "find . -name '*.sh' -exec sh {} +",
        "find . -name '*.sh' | xargs sh",
        "perl make.pl a.c",
        "rm /etc/passwd",
        "cp a.c $PREFIX/include/",
    ],
)
def test_other_changes_are_for_a_person(line: str):
    assert len(told(line)) == 1


def test_what_is_only_there_when_it_was_configured_is_not_of_the_source():
    assert told("cmake .", "sed -i 's/a/b/' Makefile", "make install") == [
        f"`sed -i 's/a/b/' Makefile` is not run: {WAYS}"
    ]


def test_folder_of_libraries_is_not_missed_only_where_nothing_else_is_changed():
    line = r"""sed -i "s@dirs = \[@dirs = ['${PREFIX}/include', 'x', @" a.py"""
    assert "which changes `a.py`" in changed(line)[0]
    line = r"""sed -i "s@dirs = .@dirs = ['${PREFIX}/include', @" a.py"""
    assert "which changes `a.py`" in changed(line)[0]


def test_variable_of_make_is_carried_by_its_environment():
    lines = ("./configure", "make -j4 CC=emcc SHARED=0", "make install SHARED=0 STATIC=1")
    text, left = carried(*lines)
    assert ('env = {MAKEFLAGS = "SHARED=0 STATIC=1"}' in text, left) == (True, [])
    assert len(told("./configure", 'make WHAT="a b"')) == 1
    assert len(told("cmake .", "make WHAT=1")) == 1


@pytest.mark.parametrize(
    "lines",
    [
        ("./configure", "make static lib/libx.a", "make install"),
        ("cmake -G Ninja .", "ninja x.a tools/y", "ninja install"),
        ("cmake -G Ninja .", "ninja only-this", "cmake --install ."),
        ("meson setup b", "ninja -C b only-this", "meson install -C b"),
    ],
)
def test_part_of_what_is_installed_need_not_be_made_before(lines: tuple[str, ...]):
    assert carried(*lines)[1] == []
    assert len(told(*lines[:-1])) == 1


def test_other_goal_of_make_is_told():
    assert len(told("./configure", "make headers-of-mine", "make install")) == 1
    assert len(told("./configure", "if unheard; then", "make static", "fi", "make install")) == 1 + 1


@pytest.mark.parametrize(
    ("line", "place"),
    [
        ("cp $RECIPE_DIR/demoConfig.cmake $PREFIX/lib/cmake/demo/", "lib/cmake/demo/demoConfig.cmake"),
        ("install -m 644 ${RECIPE_DIR}/a.pc ${PREFIX}/lib/pkgconfig/b.pc", "lib/pkgconfig/b.pc"),
        ("cat > $PREFIX/lib/pkgconfig/demo.pc <<EOF\n    Name: demo\n    EOF", "lib/pkgconfig/demo.pc"),
        ('sed "s/@V@/1/" $RECIPE_DIR/x.cmake > $PREFIX/lib/cmake/x/x.cmake', "lib/cmake/x/x.cmake"),
    ],
)
def test_file_that_is_put_into_the_result_is_told_like_one_of_the_source(line: str, place: str):
    (message,) = changed(before=line)
    assert message.startswith(f"`{place}` of the result, which ")
    assert "see whether what links it looks for it" in message


@pytest.mark.parametrize(
    "line",
    [
        "cp $RECIPE_DIR/a.pc $PREFIX/../lib/",
        "cat > $PREFIX/lib/libdemo.a <<EOF\n    EOF",
        "echo more >> $PREFIX/lib/pkgconfig/demo.pc",
        "cp build/demo.pc $PREFIX/lib/pkgconfig/",
    ],
)
def test_other_file_of_the_result_is_for_a_person(line: str):
    assert len(told(line)) == 1


def test_flag_of_which_nothing_is_left_is_none():
    flags = """make install LDFLAGS="-avoid-version -Xcompiler '$SIDE_MODULE_LDFLAGS'" CFLAGS="'' -DX" """
    text, left = carried("./configure", flags)
    assert ('cflags = ["-DX"]' in text, left) == (True, [])


@pytest.mark.parametrize(
    "line",
    [
        'install -Dm644 "$UNHEARD" "$PREFIX/bin/demo.wasm"',
        "find . -iname demo.wasm -exec cp {} $PREFIX/bin/ \\;",
        "export CMAKE_INCLUDE_PATH=$PREFIX/include",
    ],
)
def test_line_is_of_programs_or_of_what_builds_find(line: str):
    assert carried("cmake .", line, "make install")[1] == []


def test_file_that_only_lets_shared_libraries_be_made_is_not_missed():
    shares = 'echo "set_property(GLOBAL PROPERTY TARGET_SUPPORTS_SHARED_LIBS TRUE)" > Shared.cmake'
    configure = "cmake -DCMAKE_PROJECT_INCLUDE=../Shared.cmake -DX=1 .."
    text, left = carried(shares, "mkdir build && cd build", configure, "make install")
    assert ('flags = ["-DX=1"]' in text, "Shared.cmake" in text, left) == (True, False, [])
    other = shares.replace("TRUE)", "TRUE) link_libraries(m)")
    assert "`Shared.cmake`, which its script writes" in carried(other, "cmake .", "make install")[0]
