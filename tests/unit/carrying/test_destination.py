from __future__ import annotations

from pathlib import Path

import pytest

from wasmwright.carrying.destination import read_destination

NAME, TAG = "wasmwright-test", "2026_0"


@pytest.mark.parametrize(
    ("text", "for_skopeo"),
    [
        ("podman", "containers-storage:localhost/wasmwright-test:2026_0"),
        ("docker", "docker-daemon:wasmwright-test:2026_0"),
        ("oci:/a/b", "oci:/a/b:2026_0"),
        ("oci:/a/b:v1", "oci:/a/b:v1"),
        ("docker-archive:/a/x.tar", "docker-archive:/a/x.tar:wasmwright-test:2026_0"),
        ("docker-archive:/a/x.tar:mine:v1", "docker-archive:/a/x.tar:mine:v1"),
        ("docker://example.org/team/x:v1", "docker://example.org/team/x:v1"),
        ("docker://example.org/x", "docker://example.org/x:2026_0"),
        ("docker://127.0.0.1:5000/x:v1", "docker://127.0.0.1:5000/x:v1"),
        ("docker://[::1]:5000/x:v1", "docker://[::1]:5000/x:v1"),
    ],
)
def test_destinations_are_skopeos(text: str, for_skopeo: str):
    assert read_destination(text).for_skopeo(NAME, TAG) == for_skopeo


def test_a_relative_folder_is_of_here():
    assert read_destination("oci:out").path == Path.cwd() / "out"


@pytest.mark.parametrize(
    ("text", "is_local"),
    [
        ("docker://localhost:5000/x", True),
        ("docker://127.0.0.1/x", True),
        ("docker://[::1]:5000/x", True),
        ("docker://example.org/localhost", False),
        ("docker://localhost.example.org/x", False),
        ("docker://127.example.org/x", False),
        ("oci:/localhost", False),
    ],
)
def test_only_this_machine_needs_no_certificate(text: str, *, is_local: bool):
    assert read_destination(text).is_local is is_local


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("podmann", "none of podman, docker, oci:DIR"),
        ("", "none of podman"),
        ("oci:", "has to stand a folder"),
        ("docker-archive:", "has to stand a file"),
        ("oci:/a:b:c:d", "no colon"),
        ("docker://example.org", "no HOST/NAME:TAG"),
        ("docker://example.org/Upper", "in lower case"),
        ("docker://example.org/x:a b", "no HOST/NAME:TAG"),
        ("docker://example.org/-x", "no HOST/NAME:TAG"),
    ],
)
def test_what_is_no_destination_is_told(text: str, told: str):
    with pytest.raises(ValueError, match=told):
        read_destination(text)


def test_a_password_is_refused_and_not_repeated():
    with pytest.raises(ValueError, match="no user, password") as raised:
        read_destination("docker://someone:hunter2@example.org/x:v1")
    assert "hunter2" not in str(raised.value)
