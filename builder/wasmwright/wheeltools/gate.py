"""What stands between a back end's wheel and the user: tags, bytes that repeat, the audit, imports in the runtime."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from wasmwright.audit.errors import AuditFailed
from wasmwright.audit.render import as_text
from wasmwright.audit.runtime import load_runtime
from wasmwright.audit.subjects import audit_all
from wasmwright.runtime.imports import check_imports
from wasmwright.runtime.node import Runtime
from wasmwright.wheel.inspect import read_wheel
from wasmwright.wheel.repack import repack
from wasmwright.wheeltools.modules import modules_of

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from wasmwright.audit.findings import Report
    from wasmwright.runtime.imports import Imported
    from wasmwright.wheeltools.installation import Installation


@dataclass(frozen=True, kw_only=True)
class Gate:
    """The gate of one installation."""

    installation: Installation

    def repack(self, wheel: Path, out: Path, *, epoch: int) -> Path:
        """The wheel for the profile's platform, in the folder `out`; `epoch` in seconds since 1970."""
        return repack(wheel, platform_tag=self.installation.platform, globs=(), epoch=epoch, out=out).main

    def audit(self, wheel: Path) -> Report:
        """What the audit finds. Raises AuditFailed where that is an error."""
        runtime = load_runtime(self.installation.runtime)
        (report,) = audit_all([wheel], runtime=runtime, platform_tag=self.installation.platform)
        if not report.ok:
            message = f"{wheel.name} would not run in the runtime of {self.installation.profile}"
            raise AuditFailed(message, excerpt=as_text(report).rstrip())
        return report

    def try_imports(self, wheel: Path, beside: Sequence[Path], modules: Sequence[str]) -> list[Imported]:
        """Import `modules`, or what the wheel has, in the stock runtime, with the wheels `beside` it.

        Raises TestsFailed and RuntimeCrashed.
        """
        installation = self.installation
        runtime = Runtime(
            folder=installation.runtime, node=installation.node, wheels=(wheel, *beside), memory=installation.memory
        )
        return check_imports(runtime, modules or modules_of(read_wheel(wheel)))
