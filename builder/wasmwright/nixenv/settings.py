"""The settings that wasmwright gives to Nix through NIX_CONFIG. No file of the machine or of its user is touched."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

CA_BUNDLES = (
    "/etc/ssl/certs/ca-certificates.crt",
    "/etc/pki/tls/certs/ca-bundle.crt",
    "/etc/ssl/ca-bundle.pem",
    "/etc/ssl/cert.pem",
)
# Given to every Nix. Fetching an input that is not there has to fail soon, not after minutes of retries. A cache of
# evaluations is locked for as long as one build takes, and another of the same flake waits for it to end.
_ALWAYS = {
    "extra-experimental-features": "nix-command flakes",
    "accept-flake-config": "false",
    "connect-timeout": "2",
    "download-attempts": "1",
    "eval-cache": "false",
    "fallback": "true",
    "flake-registry": "",
    "warn-dirty": "false",
}
# Given to the private Nix, which reads no nix.conf.
_PRIVATE = {
    "build-users-group": "",
    "keep-going": "false",
    # Fails where root is root of a container only.
    "require-drop-supplementary-groups": "false",
    "sandbox": "true",
    "sandbox-fallback": "false",
    "substituters": "",
}


@dataclass(frozen=True, kw_only=True)
class Settings:
    """What decides the text of NIX_CONFIG."""

    private: bool
    busybox: Path | None = None
    sandbox: bool = True
    jobs: int | None = None


def nix_config(settings: Settings, inherited: str = "") -> str:
    """The text of NIX_CONFIG; what the user's own NIX_CONFIG says comes last and wins."""
    values = dict(_ALWAYS)
    if settings.private:
        values |= _PRIVATE
    if settings.busybox is not None:
        values["sandbox-paths"] = f"/bin/sh={settings.busybox}"
    if not settings.sandbox:
        values["sandbox"] = "false"
    if settings.jobs is not None:
        values["max-jobs"] = str(settings.jobs)
    lines = [f"{key} = {value}".rstrip() for key, value in sorted(values.items())]
    return "\n".join([*lines, *inherited.splitlines()]) + "\n"


def nix_environment(
    config: str,
    inherited: Mapping[str, str],
    *,
    configuration: Path | None,
    ca_bundle: str | None,
    cache: Path | None = None,
) -> dict[str, str]:
    """The environment for a Nix program.

    `configuration` is the folder that stands in for the machine's and the user's settings, and `cache` the one for its
    caches (private Nix only); `ca_bundle` is the file of certificates for a user who names none.
    """
    environment = dict(inherited)
    environment["NIX_CONFIG"] = config
    bundle = environment.get("NIX_SSL_CERT_FILE") or environment.get("SSL_CERT_FILE") or ca_bundle
    if bundle:
        environment["NIX_SSL_CERT_FILE"] = bundle
    if configuration is not None:
        environment["NIX_CONF_DIR"] = str(configuration)
        environment["NIX_USER_CONF_FILES"] = "/dev/null"
    if cache is not None:
        environment.setdefault("NIX_CACHE_HOME", str(cache))
    return environment
