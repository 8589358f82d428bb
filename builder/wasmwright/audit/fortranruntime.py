"""What Fortran calls an entry of the Fortran runtime, for those who find one missing."""

from __future__ import annotations

import re

PREFIX = "_FortranA"
_PAGE = "docs/design/fortran-runtime.md"

# Of quadruple precision, and not in the runtime (fortranabi/signatures.py): by their C names.
_LACKING = {
    **{name: name.upper() for name in ("Acosh", "Asinh", "Atanh", "Cosh", "Sinh", "Tanh")},
    **{name: name.upper() for name in ("Erf", "Erfc", "Exp", "Log", "Log10")},
    **{f"{kind}{order}": f"BESSEL_{kind}{order.upper()}" for kind in "JY" for order in "01n"},
    "Lgamma": "LOG_GAMMA",
    "Pow": "**",
    "Tgamma": "GAMMA",
}
_COMPLEX = re.compile(r"C(Abs|Acosh?|Asinh?|Atanh?|Cosh?|Exp|Log|Pow|Sinh?|Sqrt|Tanh?)F128")
_STATEMENTS = (
    (r"ioBegin\w*Output|ioOutput\w+", "PRINT and WRITE"),
    (r"ioBegin\w*Input|ioInput\w+", "READ"),
    (r"ioBeginOpen\w*", "OPEN"),
    (r"ioBeginClose", "CLOSE"),
    (r"ioBeginInquire\w*|ioInquire\w+", "INQUIRE"),
    (r"io\w+", "input and output"),
    (r"Stop\w*|ProgramEndStatement", "STOP"),
    (r"(Allocatable|Pointer)\w*Allocate\w*", "ALLOCATE and DEALLOCATE"),
    (r"ExecuteCommandLine", "EXECUTE_COMMAND_LINE"),
    (r"Matmul\w*", "MATMUL"),
    (r"(CppDot|Dot)Product\w*", "DOT_PRODUCT"),
    (r"(Cpp)?Sum\w*", "SUM"),
    (r"(Cpp)?Product\w*", "PRODUCT"),
    (r"(Cpp)?Reduce\w*", "REDUCE"),
    (r"M(ax|in)(val|loc)\w*", "MAXVAL, MINVAL, MAXLOC and MINLOC"),
    (r"Assign\w*", "an assignment of arrays or derived types"),
)


def hint(name: str) -> str:
    """What to do about an entry that is missing; empty for another name."""
    if not name.startswith(PREFIX):
        return ""
    entry = name.removeprefix(PREFIX)
    lacking = _LACKING.get(entry.removesuffix("F128"), "") if entry.endswith("F128") else ""
    if lacking:
        return _without(f"{lacking} of REAL(16)")
    if (found := _COMPLEX.fullmatch(entry)) is not None:
        return _without(f"{_LACKING.get(found[1], found[1].upper())} of COMPLEX(16)")
    statement = next((meant for pattern, meant in _STATEMENTS if re.fullmatch(pattern, entry)), "")
    what = f"it is for {statement}, in the Fortran runtime" if statement else "it belongs to the Fortran runtime"
    return f'{what}: `tools = ["flang"]` in the recipe links that; see {_PAGE}'


def _without(function: str) -> str:
    return f"it is {function}, which the Fortran runtime has not: compute with 8 bytes there; see {_PAGE}"
