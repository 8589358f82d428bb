from __future__ import annotations

import difflib
import random

import pytest

from wasmwright.recipe.hunks import PatchTrial, Tried

FILE = "".join(f"line {number}\n" for number in range(1, 31))


def patch(old: str, new: str, *, file: str = "x.c") -> str:
    lines = difflib.unified_diff(old.splitlines(keepends=True), new.splitlines(keepends=True), f"a/{file}", f"b/{file}")
    return "Why.\n\n" + "".join(lines)


def tried(text: str, **files: str) -> tuple[PatchTrial, Tried]:
    names = {"x_c": "x.c", "new_c": "new.c"}
    contents = {names[name]: content for name, content in files.items()}
    trying = Tried(read=contents.get)
    return trying.apply("0001.patch", text), trying


def faults(text: str, **files: str) -> list[str]:
    return [str(fault) for fault in tried(text, **files)[0].faults]


@pytest.mark.parametrize("seed", range(30))
def test_what_a_diff_says_is_done_also_where_lines_have_moved(seed: int):
    rng = random.Random(seed)
    old = [f"line {rng.randrange(8)} of {number}\n" for number in range(60)]
    new = list(old)
    for _ in range(rng.randrange(1, 6)):
        at = rng.randrange(len(new))
        new[at : at + rng.randrange(3)] = [f"new {rng.random()}\n"] * rng.randrange(3)
    text = patch("".join(old), "".join(new))
    if "@@" not in text:
        return
    trial, trying = tried(text, x_c="".join(old))
    assert (trial.faults, trial.moved) == ((), 0)
    assert "\n".join(trying.files["x.c"] or ()) == "".join(new)
    above = "above\n" * rng.randrange(1, 9)
    trial, trying = tried(text, x_c=above + "".join(old))
    assert trial.faults == ()
    assert trial.moved == trial.hunks
    assert "\n".join(trying.files["x.c"] or ()) == above + "".join(new)


def test_the_hunk_that_does_not_apply_is_told_with_its_line_and_why():
    text = patch(FILE, FILE.replace("line 3\n", "third\n").replace("line 25\n", "last\n"))
    (fault,) = faults(text, x_c=FILE.replace("line 24\n", "other\n"))
    line = next(number for number, found in enumerate(text.splitlines(), 1) if found.startswith("@@ -22"))
    assert fault == f"hunk 2 of x.c (line {line} of the patch): the source has no line `line 24`"


def test_a_change_that_upstream_has_taken_is_told_as_such():
    new = FILE.replace("line 3\n", "third\n")
    assert "the change is in the source already" in faults(patch(FILE, new), x_c=new)[0]


def test_a_file_that_is_gone_and_one_that_is_there():
    assert "there is no such file any more" in faults(patch(FILE, "other\n"))[0]
    made = "--- /dev/null\n+++ b/new.c\n@@ -0,0 +1,1 @@\n+one\n"
    trial, trying = tried(made)
    assert trial.faults == ()
    assert trying.files["new.c"] == ["one", ""]
    assert "the file is there already" in faults(made, new_c="one\n")[0]
    assert faults(made.replace("/dev/null", "a/new.c")) == []


def test_the_next_patch_meets_what_the_one_before_left():
    second = FILE.replace("line 3\n", "third\n")
    trial, trying = tried(patch(FILE, second), x_c=FILE)
    assert trial.faults == ()
    assert trying.apply("0002.patch", patch(second, second.replace("third", "3rd"))).faults == ()
    assert trying.apply("0003.patch", patch(FILE, second)).faults != ()


@pytest.mark.parametrize(
    "text",
    [
        "",
        "no difference",
        "--- a/x\n+++ b/x\n",
        "--- a/x\n+++ b/x\n@@ -1,2 +1,2 @@\n one\n",
        "--- a/x\n+++ b/x\n@@ -1,2 +1,2 @@\n one\n*two\n",
        "diff --git a/x b/y\nrename from x\nrename to y\n",
    ],
)
def test_what_is_no_such_patch_is_an_error_of_its_own(text: str):
    with pytest.raises(ValueError, match=r"line|no difference"):
        Tried(read=lambda _: None).apply("0001.patch", text)
