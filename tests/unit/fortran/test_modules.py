from __future__ import annotations

import pytest

from wasmwright.fortran.errors import FortranSetup
from wasmwright.fortran.modules import checksum, target_modules

BODIES = {
    "__fortran_builtins": "module __fortran_builtins\ninteger(8),private::__address\ninteger(8),private::__address\n"
    "p(__address=0_8)\np(__address=0_8)\nend\n",
    "__fortran_type_info": "!need$ {__fortran_builtins} i __fortran_builtins\nmodule __fortran_type_info\n"
    "integer(1)::isargcontiguousset\ninteger(1)::__padding0(1_8:4_8)\nend\n",
    "iso_c_binding": "c_long=8_4\nc_size_t=8_4\nc_intptr_t=8_4\nc_ptrdiff_t=8_4\nc_intmax_t=16_4\nc_int_fast16_t=2_4\n"
    "c_long_double=10_4\nc_long_double_complex=10_4\n",
    "iso_fortran_env_impl": "selectedreal80=10_4\nsafereal80=10_4\nparameter::real80=10_4\n"
    "[INTEGER(4)::2_4,3_4,4_4,8_4,10_4,16_4]\n",
    "ieee": "module ieee\nprivate::ieee_x_a8\nprivate::ieee_x_a10\ninterface\nfunction ieee_x_a8(x)\n"
    "real(8),intent(in)::x\nend\nend interface\ninterface\nfunction ieee_x_a10(x)\n"
    "real(10),intent(in)::x\nend\nend interface\n"
    "interface ieee_x\nprocedure::ieee_x_a8\nprocedure::ieee_x_a10\nend interface\nend\n",
    "omp_lib": "module omp_lib\nend\n",
}


def _file(body: str) -> str:
    return f"\ufeff!mod$ v1 sum:{checksum(body)}\n{body}"


@pytest.fixture
def shipped() -> dict[str, str]:
    builtins = checksum(BODIES["__fortran_builtins"])
    return {name: _file(body.replace("{__fortran_builtins}", builtins)) for name, body in BODIES.items()}


def test_checksum_is_that_of_flang():
    assert checksum("") == "cbf29ce484222325"
    assert checksum("a") == "af63dc4c8601ec8c"


def test_c_types_have_the_width_of_the_target(shipped: dict[str, str]):
    changed = target_modules(shipped)
    assert "c_long=4_4\nc_size_t=4_4\n" in changed["iso_c_binding"]
    assert changed["__fortran_builtins"].count("integer(4),private::__address") == 2
    assert "__padding0" not in changed["__fortran_type_info"]


def test_sums_fit_the_changed_modules(shipped: dict[str, str]):
    for name, text in target_modules(shipped).items():
        header, _, body = text.partition("\n")
        assert header == f"\ufeff!mod$ v1 sum:{checksum(body)}", name
    used = target_modules(shipped)["__fortran_builtins"].partition("\n")[0][-16:]
    assert f"!need$ {used} i __fortran_builtins" in target_modules(shipped)["__fortran_type_info"]


def test_procedures_for_extended_precision_are_gone(shipped: dict[str, str]):
    ieee = target_modules(shipped)["ieee"]
    assert "a10" not in ieee
    assert "real(10)" not in ieee
    assert ieee.count("ieee_x_a8") == 3


def test_modules_without_a_library_are_left_out(shipped: dict[str, str]):
    assert "omp_lib" not in target_modules(shipped)


def test_another_flang_is_refused(shipped: dict[str, str]):
    shipped["iso_c_binding"] = _file("c_long=8_4\n")
    with pytest.raises(FortranSetup, match=r"iso_c_binding\.mod has `c_size_t=8_4` 0 times instead of 1"):
        target_modules(shipped)
    del shipped["iso_c_binding"]
    with pytest.raises(FortranSetup, match="flang has no module iso_c_binding"):
        target_modules(shipped)


def test_damaged_module_is_refused(shipped: dict[str, str]):
    shipped["ieee"] += "x"
    with pytest.raises(FortranSetup, match=r"ieee\.mod is not of the kind"):
        target_modules(shipped)
