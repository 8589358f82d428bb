"""A distribution, and what people use it with: the stock runtime, micropip and pip, from a server of files."""

from __future__ import annotations

import json
import os
import shutil
import sys
from contextlib import contextmanager
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from command_line import wasmwright
from documents import faults
from local_server import served
from site_server import serving

from wasmwright.cli.session import open_checkout
from wasmwright.environment.errors import OutputInTheWay
from wasmwright.errors import UnknownPackage
from wasmwright.generate.output import output_nix
from wasmwright.process import run
from wasmwright.stockruntime import stock_runtime

if TYPE_CHECKING:
    from collections.abc import Iterator

    from wasmwright.nix import Nix

CHECKOUT = open_checkout()
NAMES = ("numpy", "markupsafe")


@pytest.fixture(scope="module")
def dist(nix: Nix, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The distribution of a package that needs another one, and of one that needs none."""
    assert nix
    out = tmp_path_factory.mktemp("dist") / "site"
    done = wasmwright("dist", "--out", out, *NAMES)
    assert done.returncode == 0, done.stderr
    assert done.stdout.rstrip().endswith(f", in {out}")
    return out


ASKED: list[str] = []


class Files(SimpleHTTPRequestHandler):
    """Python's own server of files, whose log is a list."""

    def log_message(self, *_arguments: object) -> None:
        ASKED.append(self.path)


class Json(Files):
    """A server that gives the pages of an index as JSON."""

    index_pages = ("index.json",)
    extensions_map = {**Files.extensions_map, ".json": "application/vnd.pypi.simple.v1+json"}  # noqa: RUF012 - as its base


@pytest.fixture(scope="module", params=[Files, Json, "wasmwright serve"])
def address(request: pytest.FixtureRequest, dist: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A server of the folder, without a slash at its end."""
    log = tmp_path_factory.mktemp("server") / "log"
    with ours(dist, log) if isinstance(request.param, str) else of(request.param, dist) as url:
        yield url


@pytest.fixture(scope="module")
def files_address(dist: Path) -> Iterator[str]:
    with of(Files, dist) as url:
        yield url


@contextmanager
def of(handler: type[Files], folder: Path) -> Iterator[str]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(handler, directory=str(folder)))
    with served(server):
        yield f"http://127.0.0.1:{server.server_address[1]}"


@contextmanager
def ours(folder: Path, log: Path) -> Iterator[str]:
    with serving(folder, log=log) as server:
        yield f"http://127.0.0.1:{server.port}"


@pytest.fixture(scope="module")
def node(nix: Nix) -> Path:
    return stock_runtime([], checkout=CHECKOUT, nix=nix).node


def in_runtime(node: Path, dist: Path, script: str, *, options: str = "{}") -> str:
    """What a script of JavaScript prints that has the runtime as `pyodide`."""
    runtime = f"{dist}/pyodide"
    code = f"""
        const {{ loadPyodide }} = await import("file://{runtime}/pyodide.mjs");
        const pyodide = await loadPyodide({{ indexURL: "{runtime}/", ...{options} }});
        {script}
    """
    done = run([node, "--input-type=module", "--eval", code], env={"PATH": ""}, cwd=dist, check=False)
    assert done.returncode == 0, done.stderr[-2000:]
    return done.stdout


@pytest.mark.parametrize("lock", ["", "pyodide-lock.json"])
def test_the_stock_runtime_loads_what_code_imports(node: Path, dist: Path, lock: str):
    script = """
        const code = "import numpy; str(numpy.linalg.inv([[2.0]]))";
        await pyodide.loadPackagesFromImports(code);
        console.log(pyodide.runPython(code), Object.keys(pyodide.loadedPackages).sort().join());
    """
    options = json.dumps({"lockFileURL": f"{dist}/{lock}"} if lock else {})
    assert in_runtime(node, dist, script, options=options).splitlines()[-1] == "[[0.5]] numpy,openblas"


def test_micropip_installs_from_the_index(node: Path, dist: Path, files_address: str):
    script = f"""
        await pyodide.loadPackage("micropip");
        console.log(await pyodide.runPythonAsync(`
import micropip
# Not what the runtime's own lock has.
micropip.set_index_urls(["{files_address}/simple"])
await micropip.install("numpy", reinstall=True)
import numpy
str(numpy.linalg.inv([[2.0]]))
`));
    """
    # A runtime whose lock has micropip alone.
    bare = json.loads((dist / "pyodide-lock.json").read_text(encoding="utf-8"))
    bare["packages"] = {"micropip": bare["packages"]["micropip"]}
    options = json.dumps({"lockFileContents": bare, "packageBaseUrl": f"{dist}/"})
    ASKED.clear()
    assert in_runtime(node, dist, script, options=options).splitlines()[-1] == "[[0.5]]"
    wheels = [path for path in ASKED if path.endswith(".whl")]
    assert sorted(path.split("/")[-1].split("-")[0] for path in wheels) == ["numpy", "openblas"]


def test_pip_downloads_from_either_form_of_the_index(address: str, tmp_path: Path):
    abi = CHECKOUT.abi
    command = [sys.executable, "-m", "pip", "download", "--isolated", "--disable-pip-version-check", "--no-cache-dir"]
    command += ["--platform", abi.platform, "--python-version", abi.python, "--only-binary=:all:"]
    done = run([*command, "--index-url", f"{address}/simple/", "numpy"], env=os.environ, cwd=tmp_path, check=False)
    assert done.returncode == 0, done.stderr
    assert sorted(path.name.partition("-")[0] for path in tmp_path.iterdir()) == ["numpy", "openblas"]
    # Of what it does not take it reads the metadata alone.
    assert ".whl.metadata" in done.stdout


def test_pip_takes_none_of_it_for_another_runtime(files_address: str, tmp_path: Path):
    command = [sys.executable, "-m", "pip", "download", "--isolated", "--disable-pip-version-check", "--no-cache-dir"]
    command += ["--platform", "pyemscripten_2020_1_wasm32", "--python-version", CHECKOUT.abi.python]
    command += ["--only-binary=:all:", "--index-url", f"{files_address}/simple/", "numpy"]
    done = run(command, env=os.environ, cwd=tmp_path, check=False)
    assert "No matching distribution found for numpy" in done.stderr


def test_compressed_copies_are_of_the_files_beside_them(node: Path, dist: Path):
    script = """
        import fs from "node:fs";
        import zlib from "node:zlib";
        const same = (file) => fs.readFileSync(file);
        for (const file of process.argv.slice(1)) {
          const copies = [zlib.brotliDecompressSync(same(`${file}.br`)), zlib.gunzipSync(same(`${file}.gz`))];
          if (!copies.every((copy) => copy.equals(same(file)))) throw new Error(file);
        }
    """
    files = [path.with_suffix("") for path in dist.rglob("*.br")]
    assert {"pyodide.asm.wasm", "pyodide-lock.json", "index.html"} <= {path.name for path in files}
    run([node, "--input-type=module", "--eval", script, *files], env={"PATH": ""}, cwd=dist)


def test_a_distribution_has_the_same_bytes_again(nix: Nix):
    output = ["--impure", "--expr", output_nix("dist", NAMES, CHECKOUT.scope()), "output"]
    nix.build(output)
    nix.build(output, rebuild=True)


def test_the_document_lists_all_files(dist: Path):
    before = (dist / "index.html").stat().st_ino
    done = wasmwright("dist", "--out", dist, "--force", *NAMES, "--json")
    document = json.loads(done.stdout)
    assert faults("dist", document) == []
    assert {file["path"] for file in document["files"]} | {"wasmwright-output.json"} == {
        path.relative_to(dist).as_posix() for path in dist.rglob("*") if path.is_file()
    }
    assert (dist / "index.html").stat().st_ino != before
    assert [path.name for path in dist.parent.iterdir()] == [dist.name]


def test_what_is_in_the_way_is_told_and_kept(dist: Path, tmp_path: Path):
    done = wasmwright("dist", "--out", dist, *NAMES)
    assert done.returncode == OutputInTheWay.exit_code
    assert "`--force` replaces it" in done.stderr
    mine = Path(shutil.copytree(dist, tmp_path / "site")) / "mine.txt"
    mine.write_text("mine", encoding="utf-8")
    done = wasmwright("dist", "--out", mine.parent, "--force", *NAMES)
    assert done.returncode == OutputInTheWay.exit_code
    assert "holds what is not ours: mine.txt" in done.stderr
    assert mine.exists()


def test_an_unknown_package_is_told_before_anything_is_written(tmp_path: Path):
    done = wasmwright("dist", "--out", tmp_path / "site", "nunpy")
    assert done.returncode == UnknownPackage.exit_code
    assert "did you mean `numpy`" in done.stderr
    assert list(tmp_path.iterdir()) == []
