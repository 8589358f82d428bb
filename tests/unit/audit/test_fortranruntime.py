from __future__ import annotations

import pytest
from wasm_writer import Writer

from wasmwright.audit.fortranruntime import hint
from wasmwright.audit.symbols import Resolver
from wasmwright.fortranabi.signatures import missing
from wasmwright.wasm.parse import parse


@pytest.mark.parametrize(
    ("name", "told"),
    [
        ("_FortranAExpF128", "it is EXP of REAL(16), which the Fortran runtime has not"),
        ("_FortranATgammaF128", "it is GAMMA of REAL(16)"),
        ("_FortranAJnF128", "it is BESSEL_JN of REAL(16)"),
        ("_FortranAPowF128", "it is ** of REAL(16)"),
        ("_FortranACSqrtF128", "it is SQRT of COMPLEX(16)"),
    ],
)
def test_function_that_the_runtime_lacks_is_named_as_in_fortran(name: str, told: str):
    assert hint(name).startswith(told)
    assert hint(name).endswith("docs/design/fortran-runtime.md")
    # The check of the runtime's entries knows of it too.
    assert missing([name], []) == []


@pytest.mark.parametrize(
    ("name", "told"),
    [
        ("_FortranAioBeginExternalListOutput", "it is for PRINT and WRITE"),
        ("_FortranAioInputReal64", "it is for READ"),
        ("_FortranAioBeginOpenUnit", "it is for OPEN"),
        ("_FortranAAllocatableAllocate", "it is for ALLOCATE and DEALLOCATE"),
        ("_FortranAMatmulTransposeReal8Real8", "it is for MATMUL"),
        ("_FortranASumReal8", "it is for SUM"),
        ("_FortranASqrtF128", "it belongs to the Fortran runtime"),
        ("_FortranAExponent16_4", "it belongs to the Fortran runtime"),
    ],
)
def test_entry_that_the_runtime_has_tells_how_to_link_it(name: str, told: str):
    assert hint(name).startswith(told)
    assert 'tools = ["flang"]' in hint(name)
    assert missing([name], []) == [name]


def test_other_names_are_of_no_concern():
    assert hint("dgemm_") == ""


def test_finding_has_the_hint():
    module = parse(Writer().function("_FortranAExpF128", "(i32)->()").build(), "x.so")
    (finding,) = Resolver(providers=()).check("x.so", module)
    assert finding.code.id == "WW301"
    assert finding.hint == hint("_FortranAExpF128")
