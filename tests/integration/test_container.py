"""Images as their users have them: in Podman, from a registry, from an archive, without a network."""

from __future__ import annotations

import json
import os
import re
import shutil
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from command_line import wasmwright
from docker import daemon
from podman import Podman, install_podman, registry

from wasmwright.buildshell.enter import mount
from wasmwright.carrying.errors import DestinationRefused, DestinationUnreachable
from wasmwright.cli.session import open_checkout
from wasmwright.environment.errors import OutputInTheWay
from wasmwright.errors import DiskFull, NixUnavailable
from wasmwright.files import file_hash
from wasmwright.paths import project_root
from wasmwright.process import run
from wasmwright.sources.storepath import source_path

if TYPE_CHECKING:
    from subprocess import CompletedProcess

    from wasmwright.nix import Nix

CHECKOUT = open_checkout()
TAG = CHECKOUT.profile.removeprefix("pyemscripten_")
OWNER = 1234

PROJECT = {
    "pyproject.toml": """
[build-system]
requires = ["setuptools"]
build-backend = "setuptools.build_meta"
[project]
name = "answer"
version = "1.0"
""",
    "setup.py": """
from setuptools import Extension, setup
setup(ext_modules=[Extension("answer", ["answer.c"])])
""",
    "answer.c": """
#include <Python.h>
static PyObject *answer(PyObject *self, PyObject *unused) { return PyLong_FromLong(42); }
static PyMethodDef methods[] = {{"answer", answer, METH_NOARGS, NULL}, {NULL}};
static struct PyModuleDef module = {PyModuleDef_HEAD_INIT, "answer", NULL, -1, methods};
PyMODINIT_FUNC PyInit_answer(void) { return PyModule_Create(&module); }
""",
    "tests/test_answer.py": "import answer\n\ndef test_answer():\n    assert answer.answer() == 42\n",
}


@pytest.fixture(scope="module")
def podman(tmp_path_factory: pytest.TempPathFactory) -> Podman:
    install_podman()
    return Podman.at(tmp_path_factory.mktemp("podman"))


def container(podman: Podman, *arguments: str | Path) -> CompletedProcess[str]:
    return wasmwright("container", *arguments, **podman.variables)


@pytest.fixture(scope="module")
def image(nix: Nix, podman: Podman) -> str:
    """The image of tests, the smallest that runs anything of ours, in Podman."""
    assert nix
    done = container(podman, "test", "--to", "podman")
    assert done.returncode == 0, done.stderr
    return f"localhost/wasmwright-test:{TAG}"


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A project of somebody who is not root."""
    folder = tmp_path / "project"
    for name, text in PROJECT.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text)
    for path in (folder, *folder.rglob("*")):
        os.chown(path, OWNER, OWNER)
    return folder


def refused(done: CompletedProcess[str], error: type[Exception]) -> str:
    """What was said with the exit code of an error."""
    assert done.returncode == getattr(error, "exit_code", None), done.stderr
    assert "Traceback" not in done.stderr
    return done.stderr


def test_a_wheel_is_made_and_tested_by_images_alone(podman: Podman, image: str, project: Path):
    done = container(podman, "toolchain", "--to", "podman")
    assert done.returncode == 0, done.stderr
    mounted = ("--volume", f"{project}:/src")
    built = podman.run(f"localhost/wasmwright-toolchain:{TAG}", "build-wheel", options=mounted)
    assert built.returncode == 0, built.stderr
    (wheel,) = (project / "dist").iterdir()
    assert wheel.name == f"answer-1.0-cp314-cp314-pyemscripten_{TAG}_wasm32.whl"
    assert {path.stat().st_uid for path in (project, *project.rglob("*"))} == {OWNER}
    tested = podman.run(image, "test-wheel", f"dist/{wheel.name}", options=mounted)
    assert tested.returncode == 0, tested.stderr
    assert "1 passed" in tested.stdout
    fortran = podman.run(f"localhost/wasmwright-toolchain:{TAG}", "wasm-flang", "--version")
    assert fortran.stdout.startswith("flang"), fortran.stderr


def steps() -> list[str]:
    """What the page's jobs for a project of one's own run, without what starts the container."""
    page = (project_root() / "docs/how-to/ci.md").read_text(encoding="utf-8").partition("## Recipes in a container")[0]
    jobs = re.findall(r"^```yaml\n(.*?)^```", page, re.DOTALL | re.MULTILINE)
    assert len(jobs) == 2
    return [line for job in jobs for line in re.findall(r"((?:build|test)-wheel\b.*)", job)]


def test_the_jobs_of_the_page_for_ci(podman: Podman, project: Path):
    done = container(podman, "toolchain", "--to", "podman")
    assert done.returncode == 0, done.stderr
    commands = steps()
    assert [command.split()[0] for command in commands] == ["build-wheel", "test-wheel"] * 2
    for command in commands:
        mounted = ("--volume", f"{project}:/src")
        ran = podman.run(f"localhost/wasmwright-toolchain:{TAG}", "sh", "-c", command, options=mounted)
        assert ran.returncode == 0, ran.stderr


def test_an_image_is_nobodys_but_what_it_needs(podman: Podman, image: str):
    user = podman.run(image, "sh", "-c", "id -u; touch /tmp/x && echo written; touch /x || echo refused")
    assert user.stdout.split() == ["1000", "written", "refused"]
    other = podman.run(image, "sh", "-c", "id -u", options=("--user", "77:77"))
    assert other.stdout.split() == ["77"]


def test_licences_of_all_that_is_inside_lie_in_an_image(podman: Podman, image: str):
    listed = podman.run(image, "sh", "-c", 'cd /usr/share/doc; for one in *; do [ -n "$(ls $one)" ] && echo $one; done')
    names = {name.split("_")[0] for name in listed.stdout.split()}
    assert names >= {"bash", "libc6", "python3.15", "wasmwright", "ca-certificates"}
    texts = podman.run(image, "sh", "-c", "cd /usr/share/common-licenses; cat GPL-3 MPL-2.0 | grep -c 'License'")
    assert int(texts.stdout) > 0


def test_a_site_is_served_until_it_is_asked_to_end(nix: Nix, podman: Podman):
    assert nix
    done = container(podman, "site", "markupsafe", "--to", "podman")
    assert done.returncode == 0, done.stderr
    image = f"localhost/wasmwright-site:{TAG}"
    with podman.running("site", image):
        # It may not listen yet when the container has started.
        well = podman(
            "exec", "site", "sh", "-c", "for _ in 1 2 3 4 5 6 7 8 9; do is-well 8080 && exit; sleep 1; done; exit 1"
        )
        assert well.returncode == 0, podman("logs", "site").stderr
        assert podman("exec", "site", "sh", "-c", "id -u").stdout.strip() == "65534"
        # Killed by force after the second, the exit code would be 137.
        podman("stop", "--time", "1", "site")
        assert podman("inspect", "site", "--format", "{{.State.ExitCode}}").stdout.strip() == "0"


def test_an_archive_is_what_docker_loads(nix: Nix, podman: Podman, image: str, tmp_path: Path):
    archive = tmp_path / "test.tar"
    done = container(podman, "test", "--to", f"docker-archive:{archive}")
    assert done.returncode == 0, done.stderr
    loaded = podman("load", "--input", archive)
    assert loaded.returncode == 0, loaded.stderr
    (skopeo,) = nix.build([CHECKOUT.output("skopeo")])
    program = skopeo.out / "usr/bin/skopeo"
    inspected = run([program, "inspect", f"docker-archive:{archive}"], env=podman.environment, cwd=tmp_path)
    labels = json.loads(inspected.stdout)["Labels"]
    assert labels["org.opencontainers.image.licenses"].startswith("Apache-2.0")
    assert labels["org.opencontainers.image.version"]
    ran = podman.run(f"docker.io/library/{image.removeprefix('localhost/')}", "node", "--version")
    assert ran.stdout.startswith("v"), ran.stderr


@pytest.mark.long
def test_docker_takes_an_image_and_runs_it(nix: Nix, project: Path):
    """A minute. Docker is installed for it, which has to be allowed to start here."""
    (program,) = nix.build([f"{CHECKOUT.output('container-test')}.copyToDockerDaemon"])
    with tempfile.TemporaryDirectory(prefix="docker") as folder, daemon(Path(folder)) as docker:
        for name in ("test", "toolchain"):
            done = wasmwright("container", name, "--to", "docker", DOCKER_HOST=docker.host)
            assert done.returncode == 0, done.stderr
        mounted = ("--volume", f"{project}:/src")
        built = docker.run(f"wasmwright-toolchain:{TAG}", "build-wheel", options=mounted)
        assert built.returncode == 0, built.stderr
        (wheel,) = (project / "dist").iterdir()
        assert wheel.stat().st_uid == OWNER
        tested = docker.run(f"wasmwright-test:{TAG}", "test-wheel", f"dist/{wheel.name}", options=mounted)
        assert "1 passed" in tested.stdout, tested.stderr
        assert docker("rmi", f"wasmwright-test:{TAG}").returncode == 0
        copied = run([program.out / "bin/copy-to-docker-daemon"], env={"DOCKER_HOST": docker.host}, cwd=Path("/"))
        assert copied.returncode == 0, copied.stderr
        assert docker.run(f"wasmwright-test:{TAG}", "node", "--version").stdout.startswith("v")


def test_a_registry_takes_an_image_and_gives_it_back(podman: Podman, image: str, tmp_path: Path):
    assert image
    with registry(tmp_path) as host:
        done = container(podman, "test", "--json", "--to", f"docker://{host}/team/test:v1")
        assert done.returncode == 0, done.stderr
        said = json.loads(done.stdout)
        assert said["digest_there"] == said["digest"]
        statement = json.loads(Path(said["attestations"]["provenance"]).read_text())
        assert {f"sha256:{one['digest']['sha256']}" for one in statement["subject"]} == {said["digest"]}
        name = f"{host}/team/test@{said['digest']}"
        pulled = podman("pull", "--tls-verify=false", name)
        assert pulled.returncode == 0, pulled.stderr
        assert podman.run(name, "node", "--version").returncode == 0


def test_a_registry_that_refuses_is_told_in_its_words(podman: Podman, image: str, tmp_path: Path):
    assert image
    with registry(tmp_path, is_read_only=True) as host:
        said = refused(container(podman, "test", "--to", f"docker://{host}/team/test:v1"), DestinationRefused)
    assert f"docker://{host}/team/test refuses the image" in said
    said = refused(container(podman, "test", "--to", f"docker://{host}/team/test:v1"), DestinationUnreachable)
    assert "connection refused" in said


def test_a_layout_is_complete_or_not_there(podman: Podman, image: str, tmp_path: Path):
    assert image
    out = tmp_path / "layout"
    assert container(podman, "test", "--to", f"oci:{out}").returncode == 0
    assert not [path for path in out.rglob("*") if path.is_symlink()]
    assert "--force" in refused(container(podman, "test", "--to", f"oci:{out}"), OutputInTheWay)
    assert container(podman, "test", "--force", "--to", f"oci:{out}").returncode == 0
    assert [path.name for path in tmp_path.iterdir()] == ["layout"]


def test_a_full_disk_leaves_nothing(podman: Podman, image: str, tmp_path: Path, store_changes: Path | None):
    assert image
    assert store_changes is not None, "mounting for a test needs mounts of its own"
    small = tmp_path / "small"
    small.mkdir()
    mount("tmpfs", small, kind="tmpfs", options="size=20m")
    for destination in (f"oci:{small}/layout", f"docker-archive:{small}/x.tar"):
        assert "no space left" in refused(container(podman, "test", "--to", destination), DiskFull)
        assert list(small.iterdir()) == []


@pytest.mark.long
def test_recipes_are_built_from_the_toolchain_of_an_image(nix: Nix, podman: Podman, tmp_path: Path):
    """3 minutes, most of them Podman's unpacking."""
    done = container(podman, "ci", "--to", "podman")
    assert done.returncode == 0, done.stderr
    for source in CHECKOUT.lock("markupsafe").for_profile(CHECKOUT.profile).entries():
        shutil.copyfile(source_path(source), tmp_path / source.name)
    build = (
        "nix-store --verify --check-contents && nix-store --add-fixed sha256 /given/* && wasmwright build markupsafe"
    )
    image, options = f"localhost/wasmwright-ci:{TAG}", ("--read-only=false", "--volume", f"{tmp_path}:/given")
    built = podman.run(image, "sh", "-c", build, options=options)
    assert built.returncode == 0, built.stderr
    (here,) = nix.build([CHECKOUT.attribute("markupsafe")])
    (wheel,) = here.out.glob("*.whl")
    assert f"sha256 {file_hash(wheel)}" in built.stdout
    refused = podman.run(image, "wasmwright", "build", "markupsafe")
    assert refused.returncode == NixUnavailable.exit_code
    assert "can only be read" in refused.stderr


def test_an_image_is_the_same_again(nix: Nix):
    output = CHECKOUT.output("container-test")
    parts = [f"{output}.layers.root", f"{output}.layers.libc-root", output]
    nix.build(parts)
    nix.build(parts, rebuild=True)


def test_images_share_the_layers_that_are_the_same(nix: Nix):
    built = nix.build([CHECKOUT.output(f"container-{name}") for name in ("test", "toolchain")])
    test, toolchain = (json.loads((one.out / "image.json").read_text()) for one in built)
    layers = {layer["digest"]: layer["name"] for layer in test["layers"]}
    shared = {layers[layer["digest"]] for layer in toolchain["layers"] if layer["digest"] in layers}
    assert shared >= {"libc-root", "shell-root", "node", "python-3.15-root", f"pyodide-runtime-{TAG}"}
