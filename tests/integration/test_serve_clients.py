"""What others make of what is served: the stock runtime, pip, curl."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest
from site_server import serving
from wheel_writer import PLATFORM, wheel_files, write_wheel

from wasmwright.cli.session import open_checkout
from wasmwright.nix import exactly_one
from wasmwright.package import read_package

if TYPE_CHECKING:
    from pathlib import Path

    from wasmwright.nix import Nix

LOAD = """
const [runtime, site, wheel] = process.argv.slice(2);
const { loadPyodide } = await import(`file://${runtime}/pyodide.mjs`);
const pyodide = await loadPyodide({ indexURL: `${runtime}/` });
await pyodide.loadPackage(`${site}/${wheel}`, { checkIntegrity: false });
console.log(pyodide.runPython("import markupsafe; str(markupsafe.escape('<'))"));
// By itself it asks for brotli where the connection is encrypted only, as most browsers do.
const response = await fetch(`${site}/page.json`, { headers: { "accept-encoding": "br" } });
console.log(response.headers.get("content-encoding"), await response.text());
"""
COMPRESS = """
import { readFileSync, writeFileSync } from "node:fs";
import { brotliCompressSync } from "node:zlib";
const [file] = process.argv.slice(2);
writeFileSync(`${file}.br`, brotliCompressSync(readFileSync(file)));
"""


def test_the_stock_runtime_loads_a_wheel_and_node_takes_brotli(nix: Nix, tmp_path: Path):
    checkout = open_checkout()
    node, runtime, package = (
        exactly_one(nix.build([checkout.output(name)])).out for name in ("node", "pyodide-runtime", "markupsafe-wasm")
    )
    wheel = read_package(package).main
    assert wheel is not None
    site = tmp_path / "site"
    site.mkdir()
    shutil.copy(wheel, site)
    (site / "page.json").write_text('["page"]')

    def run(script: str, *arguments: str | Path) -> str:
        (tmp_path / "script.mjs").write_text(script)
        command = [node / "bin/node", tmp_path / "script.mjs", *arguments]
        return subprocess.run(command, check=True, capture_output=True, text=True, timeout=300).stdout

    run(COMPRESS, site / "page.json")
    with serving(site) as server:
        told = run(LOAD, runtime, f"http://127.0.0.1:{server.port}", wheel.name)
    assert told.splitlines()[-2:] == ["&lt;", 'br ["page"]']
    assert f'"GET /{wheel.name} HTTP/1.1" 200 {wheel.stat().st_size}' in server.log.read_text()


@pytest.mark.parametrize("kind", ["html", "json"])
def test_pip_downloads_from_an_index(tmp_path: Path, kind: str):
    site = tmp_path / "site"
    pages = site / "simple" / "demo"
    pages.mkdir(parents=True)
    files = {"demo/__init__.py": b""}
    wheel = write_wheel(site, files)
    tag = f"cp315-cp315-{PLATFORM}"
    metadata = wheel_files(files, tag=tag)["demo-1.0.dist-info/METADATA"]
    (site / f"{wheel.name}.metadata").write_bytes(metadata)
    digest, described = (hashlib.sha256(data).hexdigest() for data in (wheel.read_bytes(), metadata))
    (pages / "index.html").write_text(
        f'<a href="../../{wheel.name}#sha256={digest}" data-core-metadata="sha256={described}">{wheel.name}</a>'
    )
    file = {
        "filename": wheel.name,
        "url": f"../../{wheel.name}",
        "hashes": {"sha256": digest},
        "core-metadata": {"sha256": described},
    }
    page = {"meta": {"api-version": "1.1"}, "name": "demo", "versions": ["1.0"], "files": [file]}
    (pages / "index.json").write_text(json.dumps(page))
    if kind == "json":
        (pages / "index.html").unlink()
    with serving(site) as server:
        index = f"http://127.0.0.1:{server.port}/simple/"
        options = ["--no-deps", "--isolated", "--no-cache-dir", "--only-binary=:all:", f"--platform={PLATFORM}"]
        where = [f"--index-url={index}", "--python-version=3.15", f"--dest={tmp_path}/got"]
        if kind == "json":
            where = [f"--find-links={index}demo/index.json", "--no-index", *where[1:]]
        command = [sys.executable, "-m", "pip", "download", *options, *where, "demo"]
        done = subprocess.run(command, check=False, capture_output=True, text=True, timeout=120)
    assert done.returncode == 0, done.stderr
    assert (tmp_path / "got" / wheel.name).read_bytes() == wheel.read_bytes()
    asked = server.log.read_text()
    assert f"{wheel.name}.metadata HTTP/1.1" in asked


def test_curl_goes_on_where_it_was(tmp_path: Path):
    curl = shutil.which("curl")
    assert curl is not None, "install it: `sudo apt-get install curl`"
    site, got = tmp_path / "site", tmp_path / "got"
    site.mkdir()
    data = os.urandom(300_000)
    (site / "a.data").write_bytes(data)
    with serving(site) as server:
        url = f"http://127.0.0.1:{server.port}/a.data"
        tags = ["--etag-save", str(tmp_path / "tag"), "--etag-compare", str(tmp_path / "tag")]

        def fetch(*more: str) -> str:
            command = [
                curl,
                "--silent",
                "--show-error",
                "--write-out",
                "%{http_code}",
                "--output",
                str(got),
                *more,
                url,
            ]
            return subprocess.run(command, check=True, capture_output=True, text=True, timeout=60).stdout

        assert fetch("--range", "0-99999") == "206"
        assert fetch("--continue-at", "-") == "206"
        assert got.read_bytes() == data
        assert fetch("--compressed", tags[0], tags[1]) == "200"
        assert fetch(*tags) == "304"
        assert fetch("--continue-at", "300000") in {"416", "200"}
