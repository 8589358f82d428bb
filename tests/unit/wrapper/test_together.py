from __future__ import annotations

import pytest

from wasmwright.wrapper.together import group, without_source


def job(source: str, *options: str, output: str = "") -> list[str]:
    """A job as the driver prints it."""
    name = source.rpartition("/")[2]
    written = output or f"{name.rpartition('.')[0]}.o"
    head = ["clang", "-cc1", "-emit-obj", "-disable-free", "-main-file-name", name]
    return [*head, *options, "-o", written, "-x", "c", source]


def test_jobs_that_differ_in_their_source_go_together():
    first, second = job("a.c", "-O2"), job("lib/b.c", "-O2")
    assert group([first, second]) == [[first, second]]
    assert without_source(second) == ["clang", "-cc1", "-emit-obj", "-O2", "-x", "c"]


@pytest.mark.parametrize(
    "other",
    [
        pytest.param(job("b.c", "-O3"), id="other options"),
        pytest.param(job("b.c", "-dependency-file", "b.d"), id="a list of headers"),
        pytest.param(job("b.c", output="there/b.o"), id="an object elsewhere"),
        pytest.param(job("b.cpp"), id="another language"),
        pytest.param(["clang", "-cc1as", "-filetype", "obj", "-o", "b.o", "b.s"], id="assembly"),
        pytest.param(["wasm-ld", "a.o", "-o", "a.wasm"], id="a link"),
    ],
)
def test_others_stay_alone(other: list[str]):
    assert group([job("a.c"), other]) == [[job("a.c")], [other]]


def test_order_is_kept():
    jobs = [job("a.c"), job("b.cpp"), job("c.c")]
    assert group(jobs) == [[jobs[0], jobs[2]], [jobs[1]]]
