from __future__ import annotations

import pytest

from wasmwright.fortranruntime.upstream import (
    UnexpectedSource,
    binding_header,
    listed_sources,
    prelude,
    system_headers,
)

CMAKE = """
set(CMAKE_CXX_STANDARD 17)
set(sources
  ISO_Fortran_binding.cpp
  complex-powi.cpp
  complex-reduction.c
  ${FORTRAN_MODULE_OBJECTS}
)
set(supported_files
  other.cpp
)
"""


def test_listed_sources_are_the_first_list_without_what_is_no_source():
    assert listed_sources(CMAKE) == ("ISO_Fortran_binding.cpp", "complex-powi.cpp", "complex-reduction.c")


def test_list_without_sources_is_told():
    with pytest.raises(UnexpectedSource):
        listed_sources("set(sources\n  ${ALL}\n)\n")


def test_system_headers_are_those_in_angle_brackets():
    texts = [
        '#include <cstdio>\n#include "unit.h"\n',
        "#  include <cstdio>\n#include <flang/x.h>\n#include <complex.h>\n",
    ]
    assert system_headers(texts) == ("cstdio",)


def test_prelude_widens_only_after_the_last_header():
    lines = prelude(["cstdio", "windows.h"]).splitlines()
    assert lines.index("#define size_t uint64_t") > lines.index("#include <windows.h>")
    assert "#if __has_include(<windows.h>)" in lines
    assert "#define ptrdiff_t int64_t" in lines


def test_narrow_prelude_keeps_the_targets_own_types():
    assert "uint64_t" not in prelude(["cstdio"], wide=False)


def test_header_for_c_programs_widens_types_and_keeps_names_of_type_codes():
    text = "#include <stddef.h>\ntypedef ptrdiff_t CFI_index_t;\nsize_t elem_len;\n#define CFI_type_size_t 6\n"
    assert binding_header(text) == (
        "#include <stddef.h>\n#include <stdint.h>\n"
        "typedef int64_t CFI_index_t;\nuint64_t elem_len;\n#define CFI_type_size_t 6\n"
    )


def test_header_of_another_shape_is_told():
    with pytest.raises(UnexpectedSource, match="stddef"):
        binding_header("size_t elem_len;\n")
