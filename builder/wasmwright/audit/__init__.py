"""The gate: does a wheel or library keep the ABI that it claims? Standard library only."""

from __future__ import annotations

from wasmwright.audit.findings import Code, Finding, Report
from wasmwright.audit.library import audit_library
from wasmwright.audit.wheel import audit_wheel, audit_wheels

__all__ = ["Code", "Finding", "Report", "audit_library", "audit_wheel", "audit_wheels"]
