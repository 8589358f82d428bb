from __future__ import annotations

from wasmwright.fortran.diagnostics import shown


def test_messages_are_flangs_own():
    text = "error: Semantic errors in a.f90\n./a.f90:3:2: error: No explicit type declared for 'x'\n"
    assert shown(text, "/build") == text


def test_noise_of_the_passes_is_left_out():
    assert shown("BISECT: NOT running pass (1) x on y\nBISECT: NOT running pass (2) x on y\n", "/build") == ""


def test_what_flang_lacks_is_told_with_its_place():
    text = (
        'error: loc("/build/src/a.f90":8:2): flang/lib/CodeGen/Target.cpp:102: not yet implemented: passing VALUE\n'
        "LLVM ERROR: aborting\nPLEASE submit a bug report\nStack dump:\n0. flang\n"
    )
    assert shown(text, "/build") == "src/a.f90:8:2: error: flang cannot compile this yet: passing VALUE\n"


def test_missing_module_is_named_with_what_to_do():
    text = "./a.f90:2:6: error: Cannot read module file for module 'shapes': Source file 'shapes.mod' was not found\n"
    assert "hint: shapes.mod is in none of the folders that -I and -J name" in shown(text, "/build")


def test_damaged_module_is_not_called_missing():
    text = "./a.f90:2:6: error: Cannot read module file for module 'M': File has invalid checksum: ./m.mod\n"
    told = shown(text, "/build")
    assert "hint: another compiler wrote m.mod, or it is cut short; compile the module again" in told
    assert "none of the folders" not in told
