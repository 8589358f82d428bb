from __future__ import annotations

import mimetypes

import pytest

from wasmwright.serving.media import cache_control, media_type

TYPES = {
    "pyodide.asm.wasm": "application/wasm",
    "pyodide.mjs": "text/javascript; charset=utf-8",
    "pyodide.JS": "text/javascript; charset=utf-8",
    "pyodide.mjs.map": "application/json",
    "pyodide.d.ts": "text/plain; charset=utf-8",
    "pyodide-lock.json": "application/json",
    "index.html": "text/html; charset=utf-8",
    "wheels/numpy-2.5.5-cp314-cp314-pyemscripten_2026_0_wasm32.whl": "application/zip",
    "wheels/numpy-2.5.5-cp314-cp314-pyemscripten_2026_0_wasm32.whl.metadata": "text/plain; charset=utf-8",
    "python_stdlib.zip": "application/zip",
    "emscripten-wasm32/numpy-2.5.5-py314_0.conda": "application/zip",
    "repodata.json.zst": "application/zstd",
    "lab.data": "application/octet-stream",
    "a.tar": "application/x-tar",
    "a.tar.gz": "application/gzip",
    "a.svg": "image/svg+xml",
    "a.woff2": "font/woff2",
    "LICENSE": "application/octet-stream",
    "a.exotic": "application/octet-stream",
    "simple/index.json": "application/vnd.pypi.simple.v1+json",
    "simple/numpy/index.json": "application/vnd.pypi.simple.v1+json",
    "site/simple/numpy/index.json": "application/vnd.pypi.simple.v1+json",
    "simple/numpy/more/index.json": "application/json",
    "notsimple/numpy/index.json": "application/json",
    "index.json": "application/json",
}


@pytest.mark.parametrize(("path", "expected"), TYPES.items())
def test_media_types(path: str, expected: str):
    assert media_type(path) == expected


def test_the_machine_has_no_say_in_media_types():
    mimetypes.add_type("image/x-other", ".exotic")
    assert media_type("a.exotic") == "application/octet-stream"


@pytest.mark.parametrize(
    "path",
    [
        "index.html",
        "pyodide-lock.json",
        "pyodide.asm.wasm",
        "simple/numpy/index.json",
        "app-20261126.js",
        "notes-2026112620261126.js",
        "decade-facade.js",
        "feedfacefeedface.js",
    ],
)
def test_what_may_change_under_its_name_is_asked_for_again(path: str):
    assert cache_control(path, keep_versioned=True) == "no-cache"


@pytest.mark.parametrize(
    "path", ["build/620.0f1e2d3c4b5a69788796.js", "b0123456789abcdef.wasm", "x/app-0123456789abcdef"]
)
def test_what_is_named_by_its_content_is_kept_for_ever(path: str):
    assert cache_control(path, keep_versioned=False) == "public, max-age=31536000, immutable"


@pytest.mark.parametrize("name", ["a-1-py3-none-any.whl", "a-1-py3-none-any.whl.metadata", "a-1-0.conda"])
def test_what_is_named_by_its_version_is_kept_for_a_day_if_that_is_wanted(name: str):
    assert cache_control(name, keep_versioned=True) == "public, max-age=86400"
    assert cache_control(name, keep_versioned=False) == "no-cache"


def test_the_commit_in_a_version_is_no_hash_of_the_wheel():
    assert cache_control("a-1+g0123456789abcdef0123-py3-none-any.whl", keep_versioned=False) == "no-cache"
