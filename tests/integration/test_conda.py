"""The conda channel, as py-rattler and empack find it."""

from __future__ import annotations

import asyncio
import functools
import hashlib
import http.server
import io
import json
import os
import shutil
import subprocess
import sys
import tarfile
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
import rattler
from command_line import wasmwright
from documents import faults
from index_server import Index, serving
from local_server import served
from rattler.exceptions import SolverError
from rattler.index import index_fs

from wasmwright.cli.session import open_checkout
from wasmwright.config import load_config
from wasmwright.environment.errors import OutputInTheWay
from wasmwright.generate.output import output_nix
from wasmwright.lock.base import base_lock_path
from wasmwright.lock.pins import read_toolchain_lock
from wasmwright.nix import exactly_one
from wasmwright.runtime.node import execute
from wasmwright.sources.fetch import fetch
from wasmwright.sources.storepath import source_path
from wasmwright.stockruntime import stock_runtime

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from wasmwright.checkout import Checkout
    from wasmwright.nix import Nix

PLATFORM, NOARCH = "emscripten-wasm32", "noarch"
PACK = """
import sys
from empack.pack import pack_env

class Everything:
    def get_filters_for_pkg(self, pkg_name):
        return [self]

    def match(self, path):
        return True

pack_env(sys.argv[1], "/", Everything(), use_cache=False, outdir=sys.argv[2])
"""
GREETING = "import numpy\n\n\ndef total():\n    return int(numpy.arange(4).sum())\n"


class Quiet(http.server.SimpleHTTPRequestHandler):
    """Files, without a log."""

    def log_message(self, *_: object) -> None: ...


@pytest.fixture(scope="module")
def checkout(nix: Nix) -> Checkout:
    found = open_checkout()
    fetch(found.wanted(["numpy", "stdlib-missing"], outputs=True), store=nix, config=load_config())
    return found


@pytest.fixture(scope="module")
def channel(nix: Nix, checkout: Checkout, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """That of numpy and of a pure package, in the store."""
    file = tmp_path_factory.mktemp("conda") / "channel.nix"
    names = ["numpy", "stdlib-missing"]
    file.write_text(output_nix("condaChannel", names, checkout.scope()))
    return exactly_one(nix.build(["--impure", "--file", str(file), "output"])).out


@pytest.fixture(scope="module")
def second(checkout: Checkout, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Another channel, made by hand: a package that needs numpy, and a Python of another ABI."""
    folder = tmp_path_factory.mktemp("second")
    greeting = {"name": "greeting", "version": "1.0", "build": "py_0", "noarch": "python", "subdir": NOARCH}
    _write_by_hand(
        folder,
        {**greeting, "depends": ["python >=3.12", "numpy >=2,<3"]},
        {"site-packages/greeting.py": GREETING.encode()},
    )
    version, tag = f"{checkout.abi.python}.99", checkout.abi.python_tag
    python = {"name": "python", "version": version, "build": f"0_{tag}", "subdir": PLATFORM}
    _write_by_hand(folder, {**python, "depends": []}, {})
    asyncio.run(index_fs(folder))
    return folder


def _write_by_hand(channel: Path, index: dict[str, object], content: dict[str, bytes]) -> None:
    paths = [
        {
            "_path": path,
            "path_type": "hardlink",
            "sha256": hashlib.sha256(data).hexdigest(),
            "size_in_bytes": len(data),
        }
        for path, data in content.items()
    ]
    files = {
        "info/index.json": json.dumps({**index, "build_number": 0}).encode(),
        "info/paths.json": json.dumps({"paths": paths, "paths_version": 1}).encode(),
        **content,
    }
    folder = channel / str(index["subdir"])
    folder.mkdir(exist_ok=True)
    with tarfile.open(folder / f"{index['name']}-{index['version']}-{index['build']}.tar.bz2", "w:bz2") as archive:
        for name, data in files.items():
            info = tarfile.TarInfo(name)
            info.size = len(data)
            archive.addfile(info, io.BytesIO(data))


@pytest.fixture(scope="module")
def prefix(channel: Path, second: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What py-rattler installs of both channels."""
    folder = tmp_path_factory.mktemp("prefix")
    cache = tmp_path_factory.mktemp("cache")
    asyncio.run(_install([channel, second], ["greeting", "stdlib-missing"], folder, cache))
    return folder


async def _solve(channels: Sequence[Path | str], specs: Sequence[str], cache: Path) -> list[rattler.RepoDataRecord]:
    found = [rattler.Channel(channel if isinstance(channel, str) else channel.as_uri()) for channel in channels]
    gateway = rattler.Gateway(cache_dir=cache)
    return await rattler.solve(found, list(specs), platforms=[PLATFORM, NOARCH], gateway=gateway)


async def _install(channels: Sequence[Path], specs: Sequence[str], prefix: Path, cache: Path) -> None:
    await rattler.install(
        await _solve(channels, specs, cache),
        target_prefix=prefix,
        cache_dir=cache,
        platform=rattler.Subdir(PLATFORM),
        show_progress=False,
        execute_link_scripts=False,
    )


def _repodata(channel: Path, subdir: str) -> dict[str, dict[str, object]]:
    return json.loads((channel / subdir / "repodata.json").read_text())["packages.conda"]


def _named(channel: Path, name: str) -> Path:
    return next(path for subdir in (PLATFORM, NOARCH) for path in (channel / subdir).glob(f"{name}-*.conda"))


def test_repodata_is_what_packages_say_and_says_no_time_of_its_making(channel: Path):
    for subdir in (PLATFORM, NOARCH):
        text = (channel / subdir / "repodata.json").read_text()
        assert "indexed_timestamp" not in text
        packages = _repodata(channel, subdir)
        assert packages.keys() == {path.name for path in (channel / subdir).glob("*.conda")}
        for name, record in packages.items():
            data = (channel / subdir / name).read_bytes()
            index = rattler.IndexJson.from_package_archive(channel / subdir / name)
            assert (record["sha256"], record["size"]) == (hashlib.sha256(data).hexdigest(), len(data))
            assert (record["name"], record["version"]) == (index.name.normalized, str(index.version))
            assert record["depends"] == index.depends
        assert rattler.RepoData.from_path(channel / subdir / "repodata.json") is not None


def test_compressed_repodata_alone_is_enough_for_a_solver(channel: Path, tmp_path: Path):
    for subdir in (PLATFORM, NOARCH):
        copy = tmp_path / "channel" / subdir
        copy.mkdir(parents=True)
        shutil.copy(channel / subdir / "repodata.json.zst", copy)
    handler = functools.partial(Quiet, directory=tmp_path / "channel")
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as server, served(server):
        address = f"http://127.0.0.1:{server.server_address[1]}"
        solved = asyncio.run(_solve([address], ["numpy"], tmp_path / "cache"))
    assert {record.name.normalized for record in solved} == {"numpy", "openblas", "python", "python_abi"}
    assert all(record.url.startswith(address) for record in solved)


def test_pure_package_is_for_any_platform_and_others_for_one_python(channel: Path, checkout: Checkout):
    assert _named(channel, "stdlib-missing").parent.name == NOARCH
    (numpy,) = [one for one in _repodata(channel, PLATFORM).values() if one["name"] == "numpy"]
    tag = checkout.abi.python_tag
    assert f"python {checkout.abi.python}.* *_{checkout.profile}_{tag}" in numpy["depends"]
    assert f"python_abi {checkout.abi.python}.* *_{tag}" in numpy["depends"]


def test_what_is_built_against_a_library_needs_that_version(channel: Path):
    package = _named(channel, "openblas")
    exports = rattler.RunExportsJson.from_package_archive(package)
    assert exports.weak == [f"openblas =={package.name.split('-')[1]}"]
    document = json.loads((package.parent / "run_exports.json").read_text())
    assert document["packages.conda"][package.name] == {"run_exports": {"weak": exports.weak}}
    paths = rattler.PathsJson.from_package_archive(package)
    assert not [entry for entry in paths.paths if str(entry.relative_path).startswith("info/")]


def test_solver_refuses_another_version_of_a_library(channel: Path, tmp_path: Path):
    with pytest.raises(SolverError, match="openblas"):
        asyncio.run(_solve([channel], ["numpy", "openblas <0.3"], tmp_path))


def test_no_package_is_taken_with_a_python_of_another_abi(
    channel: Path, second: Path, tmp_path: Path, checkout: Checkout
):
    other = f"python * 0_{checkout.abi.python_tag}"
    assert asyncio.run(_solve([second, channel], [other], tmp_path))
    with pytest.raises(SolverError, match="python"):
        asyncio.run(_solve([second, channel], ["numpy", other], tmp_path))


def test_packages_of_two_channels_are_installed_together(prefix: Path, checkout: Checkout):
    records = [json.loads(path.read_text()) for path in (prefix / "conda-meta").glob("*.json")]
    names = {record["name"] for record in records}
    assert names == {"greeting", "numpy", "openblas", "python", "python_abi", "stdlib-missing"}
    modules = prefix / f"lib/python{checkout.abi.python}/site-packages"
    assert {"greeting.py", "numpy", "openblas.libs", "stdlib_missing"} <= {path.name for path in modules.iterdir()}
    # py-rattler has compared their hashes with paths.json as it unpacked them; what is on the disk is the same.
    numpy = next(record for record in records if record["name"] == "numpy")
    for entry in numpy["paths_data"]["paths"]:
        assert hashlib.sha256((prefix / entry["_path"]).read_bytes()).hexdigest() == entry["sha256"]


def test_environment_that_empack_packs_runs_in_the_stock_runtime(
    nix: Nix, checkout: Checkout, prefix: Path, tmp_path: Path
):
    lock = read_toolchain_lock(base_lock_path(checkout.root))
    fetch(checkout.wanted(()), store=nix, config=load_config())
    empack = source_path(lock.sources[lock.wheels["empack"]])
    packed = tmp_path / "packed"
    packed.mkdir()
    variables = {"PATH": os.environ["PATH"], "HOME": str(tmp_path), "PYTHONPATH": empack}
    subprocess.run([sys.executable, "-c", PACK, prefix, packed], env=variables, check=True)
    assert json.loads((packed / "empack_env_meta.json").read_text())["packages"]
    run = (
        "import glob, importlib, tarfile\n"
        "for name in sorted(glob.glob('/packed/*.tar.gz')):\n"
        "    tarfile.open(name).extractall('/', filter='fully_trusted')\n"
        "importlib.invalidate_caches()\n"
        "import greeting, numpy\n"
        "print(numpy.__version__, numpy.linalg.solve([[2., 0.], [0., 4.]], [1., 1.]), greeting.total())\n"
    )
    runtime = replace(stock_runtime([], checkout=checkout, nix=nix), mounts={packed: "/packed"})
    done = execute(runtime, ["-c", run])
    assert done.stdout == f"{_named_version(prefix)} [0.5  0.25] 6\n", done.stderr


def _named_version(prefix: Path) -> str:
    return next((prefix / "conda-meta").glob("numpy-*.json")).name.split("-")[1]


@pytest.fixture(scope="module")
def index() -> Iterator[Index]:
    """A package index with a pure wheel."""
    index = Index()
    index.add_wheel("pages", "1.0", "py3-none-any", "Requires-Dist: zlib-state", "License-Expression: MIT")
    yield from serving(index)


def test_command_writes_a_channel_and_says_what_it_holds(tmp_path: Path, channel: Path):
    out = tmp_path / "out"
    done = wasmwright("conda", "--out", out, "numpy", "stdlib-missing", "--json")
    assert done.returncode == 0, done.stderr
    document = json.loads(done.stdout)
    assert faults("conda", document) == []
    said = {file["path"]: file["sha256"] for file in document["files"]}
    assert said == {
        path.relative_to(channel).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in channel.rglob("*")
        if path.is_file() and path.name != "wasmwright-output.json"
    }
    assert said.keys() >= {"noarch/repodata.json.zst", "sbom.cdx.json", "provenance.intoto.json"}
    assert {path.relative_to(out).as_posix() for path in out.rglob("*") if path.is_file()} == {
        *said,
        "wasmwright-output.json",
    }
    again = wasmwright("conda", "--out", out, "numpy")
    assert again.returncode == OutputInTheWay.exit_code
    assert "`--force` replaces it" in again.stderr


@pytest.mark.usefixtures("checkout")
def test_packages_of_a_lock_are_those_of_the_index_too(tmp_path: Path, index: Index):
    lock, out = tmp_path / "pylock.toml", tmp_path / "out"
    variables = {"WASMWRIGHT_PYPI_INDEX": index.url, "NO_PROXY": "127.0.0.1"}
    for arguments in (("env", "lock", "--package", "pages", "--out", lock), ("conda", "--out", out, lock)):
        done = wasmwright(*arguments, **variables)
        assert done.returncode == 0, done.stderr
    (pages,) = [one for one in _repodata(out, NOARCH).values() if one["name"] == "pages"]
    assert (pages["depends"], pages["license"]) == (["python", "zlib-state"], "MIT")
    assert any(one["name"] == "zlib-state" for one in _repodata(out, PLATFORM).values())
    bill = json.loads((out / "sbom.cdx.json").read_text())
    found = {one["name"]: one for one in bill["components"] if one["scope"] == "required"}
    assert found.keys() == {"pages", "zlib-state", "zlib"}
    assert found["pages"]["purl"].startswith("pkg:pypi/pages@1.0")
    assert found["pages"]["hashes"] == [{"alg": "SHA-256", "content": index.sha256("pages-1.0-py3-none-any.whl")}]
