"""Which packages have a newer version upstream that fits their profiles."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from packaging.version import InvalidVersion

from wasmwright.failure import WasmwrightError
from wasmwright.names import first_few
from wasmwright.pool import interruptible_pool
from wasmwright.recipe.offer import why_not
from wasmwright.sources.kinds.kind import Fitting
from wasmwright.standards import parse_version

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from wasmwright.lock.target import Target
    from wasmwright.recipe.model import WrittenRecipe
    from wasmwright.sources.kinds.kind import Latest
    from wasmwright.sources.registries import Registries

_AT_ONCE = 8
_NAMED = 10


class PackagesOutdated(WasmwrightError):
    """`update --check` found packages that upstream has a newer version of, and that no recipe holds."""

    exit_code = 56


@dataclass(frozen=True, kw_only=True)
class Newest:
    """A package, its version, and the newest that fits; None where nobody can tell, with the `error` if there was one.

    `hold` is the reason why it stays where it is, `passed_over` tells of a release that is newer and does not fit.
    """

    name: str
    version: str
    newest: str | None
    hold: str | None = None
    passed_over: str = ""
    error: WasmwrightError | None = None

    @property
    def is_outdated(self) -> bool:
        """Whether there is a newer version."""
        return self.newest is not None and is_newer(self.newest, self.version)

    def to_json(self) -> dict[str, object]:
        """The package as `--json` prints it."""
        return {
            "name": self.name,
            "version": self.version,
            "newest": self.newest,
            "outdated": self.is_outdated,
            "hold": self.hold,
            "passed_over": self.passed_over or None,
            "error": None if self.error is None else str(self.error),
        }


def newest_of_each(
    recipes: Sequence[WrittenRecipe], targets: Sequence[Target], registries: Registries
) -> tuple[Newest, ...]:
    """Ask the registries, several at once. One that does not answer is told with its package, and stops no other."""

    def ask(recipe: WrittenRecipe) -> Newest:
        try:
            found = newest(recipe, targets, registries)
        except WasmwrightError as error:
            return Newest(name=recipe.name, version=recipe.version, newest=None, hold=recipe.hold, error=error)
        return Newest(
            name=recipe.name,
            version=recipe.version,
            newest=found.version,
            hold=recipe.hold,
            passed_over=found.passed_over,
        )

    with interruptible_pool(_AT_ONCE) as pool:
        return tuple(pool.map(ask, recipes))


def newest(recipe: WrittenRecipe, targets: Sequence[Target], registries: Registries) -> Latest:
    """The newest version that fits all profiles of a recipe. Raises what registries do."""
    profiles = [target.profile for target in targets if why_not(recipe, target.profile.name) is None]
    fitting = Fitting(
        pythons=tuple(profile.python_full for profile in profiles),
        platforms=tuple(profile.platform for profile in profiles),
    )
    return recipe.source.newest(fitting, registries)


def check_up_to_date(found: Iterable[Newest]) -> None:
    """Raise PackagesOutdated for those that are outdated; those that are held may be."""
    names = [one.name for one in found if one.is_outdated and one.hold is None]
    if names:
        message = f"{first_few(names, _NAMED)} {'are' if len(names) > 1 else 'is'} outdated"
        raise PackagesOutdated(message, hint="run `./wasmwright update` with their names, or with `--all`")


def is_newer(version: str, than: str) -> bool:
    """Whether a version is newer; of those that are no versions of Python's kind, any other one is."""
    try:
        return parse_version(version) > parse_version(than)
    except InvalidVersion:
        return version != than
