"""pyodide-lock.json: what `loadPackage` has, where it is, and what it needs."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from wasmwright.outputs.documents import EnvironmentWheel


def pyodide_lock(stock: Mapping[str, Any], wheels: Iterable[EnvironmentWheel], *, folder: str) -> dict[str, Any]:
    """The lock of the stock runtime, with `wheels` in place of its packages.

    What it says of the runtime stays. Its packages lie on a server that this folder knows nothing of, and are linked
    with other libraries. `folder` is the way from the lock to the wheels, and ends with a slash.
    """
    return {**stock, "packages": {wheel.name: _package(wheel, folder) for wheel in wheels}}


def _package(wheel: EnvironmentWheel, folder: str) -> dict[str, Any]:
    return {
        "depends": list(wheel.depends),
        "file_name": f"{folder}{wheel.file}",
        "imports": list(wheel.imports),
        "install_dir": "site",
        "name": wheel.name,
        "package_type": "package",
        "sha256": wheel.sha256,
        "unvendored_tests": False,
        "version": wheel.version,
    }
