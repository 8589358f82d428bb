"""The pages of documentation that are made from the code."""

from __future__ import annotations

from typing import TYPE_CHECKING

from wasmwright.generate import auditcodes, documents, exitcodes, recipechecks, reference

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from wasmwright.recipe.known import Known

PAGES: Mapping[str, Callable[[Known], str]] = {
    reference.PAGE: reference.recipe_reference,
    recipechecks.PAGE: lambda _: recipechecks.recipe_checks(),
    auditcodes.PAGE: lambda _: auditcodes.audit_codes(),
    documents.PAGE: lambda _: documents.json_reference(),
    exitcodes.PAGE: lambda _: exitcodes.exit_codes(),
}
