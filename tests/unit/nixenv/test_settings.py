from __future__ import annotations

from pathlib import Path

from wasmwright.nixenv.settings import Settings, nix_config, nix_environment


def values(text: str) -> dict[str, str]:
    return {key.strip(): value.strip() for key, _, value in (line.partition("=") for line in text.splitlines())}


def test_private_nix_is_sandboxed_and_asks_nobody():
    found = values(nix_config(Settings(private=True, busybox=Path("/b/busybox"), jobs=2)))
    assert found["sandbox"] == "true"
    assert found["sandbox-fallback"] == "false"
    assert found["sandbox-paths"] == "/bin/sh=/b/busybox"
    assert found["substituters"] == ""
    assert found["build-users-group"] == ""
    assert found["max-jobs"] == "2"
    assert found["extra-experimental-features"] == "nix-command flakes"


def test_own_nix_keeps_its_store_settings():
    found = values(nix_config(Settings(private=False)))
    assert not {"substituters", "sandbox", "sandbox-paths", "build-users-group", "max-jobs"} & found.keys()
    assert found["connect-timeout"] == "2"


def test_no_sandbox_is_said_to_any_nix():
    for private in (True, False):
        assert values(nix_config(Settings(private=private, sandbox=False)))["sandbox"] == "false"


def test_what_the_user_sets_comes_last():
    text = nix_config(Settings(private=True), "substituters = file:///cache\nkeep-going = true")
    assert values(text)["substituters"] == "file:///cache"
    assert text.endswith("keep-going = true\n")


def test_environment_hides_settings_from_the_private_nix_only():
    private = nix_environment("c", {"HOME": "/h"}, configuration=Path("/p/etc/nix"), ca_bundle="/ca", cache=Path("/c"))
    assert private == {
        "HOME": "/h",
        "NIX_CONFIG": "c",
        "NIX_SSL_CERT_FILE": "/ca",
        "NIX_CONF_DIR": "/p/etc/nix",
        "NIX_USER_CONF_FILES": "/dev/null",
        "NIX_CACHE_HOME": "/c",
    }
    own = nix_environment("c", {}, configuration=None, ca_bundle=None)
    assert own == {"NIX_CONFIG": "c"}


def test_certificates_of_the_user_go_first():
    assert (
        nix_environment("", {"SSL_CERT_FILE": "/mine"}, configuration=None, ca_bundle="/ca")["NIX_SSL_CERT_FILE"]
        == "/mine"
    )
    given = {"NIX_SSL_CERT_FILE": "/nix", "SSL_CERT_FILE": "/mine"}
    assert nix_environment("", given, configuration=None, ca_bundle="/ca")["NIX_SSL_CERT_FILE"] == "/nix"
