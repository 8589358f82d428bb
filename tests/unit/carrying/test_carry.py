from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from wasmwright.carrying.carry import check_destination, failure, without_credentials
from wasmwright.carrying.destination import read_destination
from wasmwright.carrying.errors import DestinationRefused, DestinationUnreachable, ImageNotCopied
from wasmwright.environment.errors import OutputInTheWay
from wasmwright.errors import DiskFull
from wasmwright.process import ProgramMissing

if TYPE_CHECKING:
    from pathlib import Path

    from wasmwright.failure import WasmwrightError

REGISTRY = read_destination("docker://example.org/team/x:v1")


def fatal(message: str) -> list[str]:
    return ["Getting image source signatures", f'time="2026-11-26T22:00:00Z" level=fatal msg="{message}"']


@pytest.mark.parametrize(
    ("said", "error", "code"),
    [
        (
            "pinging container registry example.org: dial tcp: lookup example.org: no such host",
            DestinationUnreachable,
            91,
        ),
        ("dial tcp 127.0.0.1:5000: connect: connection refused", DestinationUnreachable, 91),
        ("http: server gave HTTP response to HTTPS client", DestinationUnreachable, 91),
        ("Cannot connect to the Docker daemon at unix:///var/run/docker.sock", DestinationUnreachable, 91),
        ("writing blob: io: read/write on closed pipe", DestinationUnreachable, 91),
        ("writing blob: initiating layer upload: unauthorized: authentication required", DestinationRefused, 92),
        ("requested access to the resource is denied", DestinationRefused, 92),
        ("writing manifest: manifest invalid: manifest invalid", DestinationRefused, 92),
        ("write /tmp/x: no space left on device", DiskFull, 23),
        ("something new", ImageNotCopied, 93),
    ],
)
def test_what_skopeo_says_has_a_code_of_its_own(said: str, error: type[WasmwrightError], code: int):
    raised = failure(fatal(said), REGISTRY)
    assert (type(raised), raised.exit_code) == (error, code)
    assert "docker://example.org/team/x" in str(raised)


def test_its_last_words_are_shown_without_quotes():
    raised = failure(fatal(r"writing blob: \"x\": denied"), REGISTRY)
    assert raised.excerpt == 'writing blob: "x": denied'


def test_lines_without_a_level_are_shown_too():
    raised = failure(["one", "two", "three", "four"], REGISTRY)
    assert raised.excerpt == "two\nthree\nfour"


@pytest.mark.parametrize("escaped", [r"\u001b[2J", r"\x1b[2J", r"\U0001f600 \U00ffffff", r"\a\v\'"])
def test_nothing_that_commands_a_terminal_is_shown(escaped: str):
    raised = failure(fatal(f"denied {escaped}"), REGISTRY)
    assert raised.excerpt is not None
    assert raised.excerpt.startswith("denied")
    assert "\x1b" not in raised.excerpt


@pytest.mark.parametrize(
    "text",
    [
        "Get https://someone:hunter2@example.org/v2/",
        "header Authorization: hunter2",
        "Bearer hunter2hunter2",
        "https://auth.example.org/token?password=hunter2&service=x",
        "token: hunter2",
    ],
)
def test_credentials_are_not_repeated(text: str):
    assert "hunter2" not in without_credentials(text)


def test_other_words_stay():
    text = "requested access to the resource is denied: example.org/team/x@sha256:1234"
    assert without_credentials(text) == text


def test_podman_has_to_be_there(tmp_path: Path):
    with pytest.raises(ProgramMissing, match="podman") as raised:
        check_destination(read_destination("podman"), {"PATH": str(tmp_path)}, force=False)
    assert "apt-get install podman" in str(raised.value.hint)


def test_a_daemon_has_to_be_there(tmp_path: Path):
    docker, socket_file = read_destination("docker"), tmp_path / "docker.sock"
    with pytest.raises(DestinationUnreachable, match="there is no Docker daemon"):
        check_destination(docker, {}, force=False, socket=socket_file)
    named = {"DOCKER_HOST": f"unix://{socket_file}"}
    with pytest.raises(DestinationUnreachable, match=r"DOCKER_HOST is `unix://.*docker\.sock`, which is not there"):
        check_destination(docker, named, force=False)
    check_destination(docker, {"DOCKER_HOST": "tcp://example.org:1"}, force=False, socket=socket_file)
    socket_file.touch()
    check_destination(docker, {}, force=False, socket=socket_file)
    check_destination(docker, named, force=False)


def test_a_folder_between_that_is_full_is_named(tmp_path: Path):
    raised = failure(fatal("no space left on device"), read_destination("docker"), tmp_path / "a" / "image.tar")
    assert str(raised) == f"no space left for docker in {tmp_path}"
    assert "TMPDIR" in str(raised.hint)


def a_layout(folder: Path) -> Path:
    (folder / "blobs").mkdir(parents=True)
    (folder / "oci-layout").write_text("{}")
    (folder / "index.json").write_text("{}")
    return folder


def test_a_new_or_empty_folder_is_taken(tmp_path: Path):
    (tmp_path / "empty").mkdir()
    for name in ("empty", "new"):
        check_destination(read_destination(f"oci:{tmp_path / name}"), {}, force=False)


def test_an_image_is_replaced_by_force_only(tmp_path: Path):
    to = read_destination(f"oci:{a_layout(tmp_path / 'image')}")
    with pytest.raises(OutputInTheWay, match="is there already") as raised:
        check_destination(to, {}, force=False)
    assert "--force" in str(raised.value.hint)
    check_destination(to, {}, force=True)


def test_what_is_no_image_is_never_replaced(tmp_path: Path):
    (a_layout(tmp_path / "image") / "thesis.tex").write_text("")
    (tmp_path / "folder").mkdir()
    (tmp_path / "folder/index.json").write_text("")
    (tmp_path / "file").write_text("")
    (tmp_path / "link").symlink_to(tmp_path / "nowhere")
    for to, told in (
        ("oci:image", "thesis.tex"),
        ("oci:folder", "index.json"),
        ("oci:file", "no folder"),
        ("oci:link", "no folder"),
        ("docker-archive:folder", "no file"),
        ("docker-archive:link", "no file"),
    ):
        way, _, name = to.partition(":")
        with pytest.raises(OutputInTheWay, match=told):
            check_destination(read_destination(f"{way}:{tmp_path / name}"), {}, force=True)


def test_an_archive_is_replaced_by_force_only(tmp_path: Path):
    (tmp_path / "x.tar").write_text("")
    to = read_destination(f"docker-archive:{tmp_path / 'x.tar'}")
    with pytest.raises(OutputInTheWay, match="is there already"):
        check_destination(to, {}, force=False)
    check_destination(to, {}, force=True)
