"""The program that builds start as `wasm-flang`."""

from __future__ import annotations

import os
import sys

from wasmwright.failure import WasmwrightError
from wasmwright.fortran.arguments import understand
from wasmwright.fortran.driver import carry_out
from wasmwright.fortran.settings import parts_from
from wasmwright.words import response_file


def main(argv: list[str] | None = None) -> int:
    """Compile, or report an error the way compilers do; the exit code."""
    try:
        request = understand(sys.argv[1:] if argv is None else argv, response_file)
        return carry_out(request, parts_from(os.environ))
    except WasmwrightError as error:
        if str(error):
            excerpt = f"\n{error.excerpt}" if error.excerpt else ""
            hint = f"\n  hint: {error.hint}" if error.hint else ""
            sys.stderr.write(f"wasm-flang: error: {error}{excerpt}{hint}\n")
        return 1
    except OSError as error:
        sys.stderr.write(f"wasm-flang: error: {error.filename or 'a file'}: {error.strerror}\n")
        return 1


if __name__ == "__main__":
    sys.exit(main())
