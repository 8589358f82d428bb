"""What `doctor` says of machines that lack something."""

from __future__ import annotations

import dataclasses
import json
import os
import subprocess
import sys
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from command_line import environment, wasmwright
from local_server import served

from wasmwright.cli.session import nix_request, open_checkout, open_nix
from wasmwright.config import Config
from wasmwright.doctor import Folders, examine
from wasmwright.errors import NixTooOld
from wasmwright.nixenv import find_nix
from wasmwright.sources.mirrors import Mirrors

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from wasmwright.doctor import Examined
    from wasmwright.nix import Nix

# Nobody listens there.
CLOSED = "http://127.0.0.1:9"


@pytest.fixture(scope="module")
def machine() -> Nix:
    return open_nix(open_checkout())


@pytest.fixture
def registry() -> Iterator[str]:
    """A server that has nothing, and says so."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_error(404)

        def log_message(self, *_arguments: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    with served(server):
        yield f"http://127.0.0.1:{server.server_address[1]}"


def examined(
    find: Callable[[], Nix | None], tmp_path: Path, *, index: str = CLOSED, environ: dict[str, str] | None = None
) -> dict[str, Examined]:
    mirrors = Mirrors(config=Config(pypi=index, debian=(index, CLOSED), npm=index))
    given = {"PATH": os.environ["PATH"]} | (environ or {})
    not_yet = tmp_path / "not" / "yet"
    folders = Folders(root=tmp_path, store=tmp_path, state=not_yet, cache=not_yet, data=not_yet)
    found = examine(find=find, mirrors=mirrors, folders=folders, environ=given)
    return {finding.name: finding for finding in found}


def doctor(tmp_path: Path, *arguments: str, **environ: str) -> subprocess.CompletedProcess[str]:
    registries = dict.fromkeys(("PYPI_INDEX", "DEBIAN_MIRRORS", "NPM_REGISTRY"), CLOSED)
    environ = {f"WASMWRIGHT_{name}": url for name, url in registries.items()} | environ
    return wasmwright("doctor", *arguments, cwd=tmp_path, **environ)


def test_without_nix_one_will_be_installed_and_its_store_is_not_asked(tmp_path: Path):
    found = examined(lambda: None, tmp_path)
    assert found["Nix"].ok
    assert "a private one will be installed" in found["Nix"].detail
    assert not {"sandbox", "store"} & set(found)


def test_a_nix_that_cannot_be_used_is_to_be_mended(tmp_path: Path):
    def find() -> Nix:
        message = "/old/nix is Nix 2.3"
        raise NixTooOld(message, hint="upgrade it")

    found = examined(find, tmp_path)
    assert (found["Nix"].ok, found["Nix"].detail, found["Nix"].hint) == (False, "/old/nix is Nix 2.3", "upgrade it")
    assert "sandbox" not in found
    assert found["memory"]


def test_paths_that_only_the_database_knows_are_damage(machine: Nix, tmp_path: Path):
    # A store in another place: its database names paths that nobody finds in /nix.
    config = f"{machine.config}store = {tmp_path}\n"
    alone = dataclasses.replace(machine, config=config, environment={**machine.env(), "NIX_CONFIG": config})
    (tmp_path / "lost.txt").write_text("lost\n")
    assert examined(lambda: alone, tmp_path)["store"].ok
    alone.add_fixed([tmp_path / "lost.txt"])
    found = examined(lambda: alone, tmp_path)["store"]
    assert not found.ok
    assert found.detail.startswith("1 paths are gone, such as /nix/store/")
    assert "doctor --repair" in (found.hint or "")


def test_a_store_that_does_not_answer_is_told_and_the_rest_looked_at(machine: Nix, tmp_path: Path):
    (tmp_path / "file").touch()
    config = f"{machine.config}store = {tmp_path}/file/store\n"
    broken = dataclasses.replace(machine, config=config, environment={**machine.env(), "NIX_CONFIG": config})
    found = examined(lambda: broken, tmp_path)
    assert not found["store"].ok
    assert found["store"].detail
    assert found["memory"]


def test_builds_that_see_the_machine_are_noted(tmp_path: Path):
    request = dataclasses.replace(nix_request(open_checkout()), sandbox=False)
    found = examined(lambda: find_nix(request), tmp_path)["sandbox"]
    assert found.ok is None
    assert "sandbox = false" in found.detail


def test_a_registry_that_answers_is_reachable_whatever_it_says(registry: str, tmp_path: Path):
    found = examined(lambda: None, tmp_path, index=registry)
    assert [found[name].detail for name in ("Python index", "Debian archive", "npm registry")] == ["reachable"] * 3


def test_registries_that_do_not_answer_are_noted(tmp_path: Path):
    found = examined(lambda: None, tmp_path)
    for name in ("Python index", "Debian archive", "npm registry"):
        assert found[name].ok is None
        assert "127.0.0.1:9" in found[name].detail
        assert "wasmwright fetch" in (found[name].hint or "")


def test_a_machine_without_registries_can_build(tmp_path: Path):
    done = doctor(tmp_path)
    assert done.returncode == 0, done.stdout
    assert "note  Python index: " in done.stdout


def test_what_has_to_be_mended_is_the_exit_code(tmp_path: Path):
    old = tmp_path / "nix"
    old.write_text("#!/bin/sh\necho 'nix (Nix) 2.3.4'\n")
    old.chmod(0o755)
    done = doctor(tmp_path, "--json", WASMWRIGHT_NIX=str(old))
    document: dict[str, Any] = json.loads(done.stdout)
    assert (done.returncode, document["ok"]) == (1, False)
    assert [finding["name"] for finding in document["findings"] if finding["ok"] is False] == ["Nix"]
    shown = doctor(tmp_path, WASMWRIGHT_NIX=str(old))
    assert shown.returncode == 1
    assert "BAD   Nix: " in shown.stdout
    assert "      upgrade it, or unset WASMWRIGHT_NIX" in shown.stdout


def test_what_build_refuses_is_told_in_its_words(tmp_path: Path):
    for variables in (
        {"TMPDIR": str(tmp_path / "nowhere")},
        {"TMPDIR": str(tmp_path / "file")},
        {"WASMWRIGHT_STATE": str(tmp_path / "file" / "state")},
        {"WASMWRIGHT_NIX": str(tmp_path / "nothing")},
    ):
        (tmp_path / "file").touch()
        found = json.loads(doctor(tmp_path, "--json", **variables).stdout)["findings"]
        (bad,) = {(finding["detail"], finding["hint"]) for finding in found if finding["ok"] is False}
        done = wasmwright("build", "zlib", **variables)
        assert done.stderr == f"error: {bad[0]}\nhint: {bad[1]}\n"
        assert done.returncode not in {0, 1, 3}


def test_another_users_store_without_a_daemon_is_to_be_mended():
    if os.getuid() != 0 or not Path("/nix/store").exists():
        pytest.skip("only root can look as another user")
    code = (
        "import os; from wasmwright.nixenv.store import store_fault; os.setgroups([]); os.setgid(65534); "
        "os.setuid(65534); fault = store_fault(); print(fault, '|', fault.hint)"
    )
    done = subprocess.run([sys.executable, "-c", code], env=environment(), capture_output=True, text=True, check=True)
    assert "the Nix store /nix belongs to another user, and no Nix daemon runs | start the daemon" in done.stdout
