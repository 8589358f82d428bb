"""The failures of the orchestrator: text, advice, exit code. Only `cli/` prints them and exits.

What runs inside derivations owns its classes, and so does each module whose error no other raises.
"""

from __future__ import annotations

from wasmwright.failure import WasmwrightError


class InternalError(WasmwrightError):
    """A fault of wasmwright itself."""

    exit_code = 3


class AccessDenied(WasmwrightError):
    """The machine does not let this user read or write where that is needed."""

    exit_code = 7


class QuestionableRecipes(WasmwrightError):
    """`check-recipes` found faults in recipes, patches or tests."""

    exit_code = 5


class UnknownToGit(WasmwrightError):
    """A file that a build needs is not known to git, and so not to Nix."""

    exit_code = 6


# What the user wrote


class InvalidRecipe(WasmwrightError):
    """One or more mistakes in recipe files, all reported at once."""

    exit_code = 10


class DependencyCycle(WasmwrightError):
    """Packages need each other in a circle."""

    exit_code = 11


class UnknownPackage(WasmwrightError):
    """No recipe has that name."""

    exit_code = 12


class InvalidLock(WasmwrightError):
    """A lock is missing, incomplete, or does not belong to its recipe or profile."""

    exit_code = 13


class StaleGenerated(WasmwrightError):
    """A generated file differs from what its recipe and lock say."""

    exit_code = 14


class InvalidName(WasmwrightError):
    """A package name that no package can have."""

    exit_code = 15


class InvalidProfile(WasmwrightError):
    """A mistake in a profile of `nix/toolchain/`."""

    exit_code = 16


class InvalidConfig(WasmwrightError):
    """A mistake in the configuration file or in a WASMWRIGHT_* variable."""

    exit_code = 17


class PackageNotOffered(WasmwrightError):
    """A package whose recipe says that it is not built, or not in this profile."""

    exit_code = 9


class UnknownRevision(WasmwrightError):
    """Git knows no such commit, branch or tag."""

    exit_code = 8


# Registries and downloads


class MirrorUnreachable(WasmwrightError):
    """No mirror of a source answered."""

    exit_code = 20


class PinUnavailable(WasmwrightError):
    """The mirrors answer, but none has the pinned version any more."""

    exit_code = 21


class HashMismatch(WasmwrightError):
    """A file is not the one that the lock names."""

    exit_code = 22


class DiskFull(WasmwrightError):
    """No space left where something has to be written."""

    exit_code = 23


class NoMirror(WasmwrightError):
    """The machine's clients name no registry of the kind that is needed."""

    exit_code = 24


class Unresolvable(WasmwrightError):
    """A resolver (apt, pip, npm) finds no solution for what a profile, recipe or environment wants."""

    exit_code = 25
    # As far as the resolver tells: its lines about who wants what, and the projects of which nothing fits.
    conflict: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()


# Nix


class NixUnavailable(WasmwrightError):
    """No Nix can be used or installed (no /nix and no right to make it)."""

    exit_code = 30


class NixTooOld(WasmwrightError):
    """The Nix that was asked for is older than wasmwright needs."""

    exit_code = 31


class SandboxUnavailable(WasmwrightError):
    """The kernel gives no user namespaces, so Nix cannot sandbox."""

    exit_code = 32


class EvaluationFailed(WasmwrightError):
    """Nix could not evaluate the flake."""

    exit_code = 33


class BuildFailed(WasmwrightError):
    """A derivation's builder failed."""

    exit_code = 34


class StoreCorrupted(WasmwrightError):
    """A store path is not what the store's database says."""

    exit_code = 35


class NixFailed(WasmwrightError):
    """Nix failed in another way."""

    exit_code = 36


class SourceMissing(WasmwrightError):
    """The store lacks a pinned source."""

    exit_code = 37


# Outputs


class NotReproducible(WasmwrightError):
    """Two builds of one derivation differ."""

    exit_code = 52


class BenchmarkFailed(WasmwrightError):
    """What was to be measured ended with an error."""

    exit_code = 53


class PatchesRefused(WasmwrightError):
    """A package's patches do not apply to the source of another version."""

    exit_code = 55
