from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from wasmwright.config import Config, load_config, parse_config
from wasmwright.errors import InvalidConfig

if TYPE_CHECKING:
    from pathlib import Path


def _file(tmp_path: Path, text: str) -> dict[str, str]:
    path = tmp_path / "config.toml"
    path.write_text(text)
    return {"WASMWRIGHT_CONFIG": str(path)}


def test_variables_go_before_the_file(tmp_path: Path):
    environ = _file(tmp_path, '[mirrors]\npypi = "http://file.test"\nnpm = "http://file.test/npm/"\n')
    environ["WASMWRIGHT_PYPI_INDEX"] = "http://variable.test/simple/"
    environ["WASMWRIGHT_GITHUB_ARCHIVES"] = "http://forge.test/{owner}/{repo}/{rev}.tar.gz"
    environ["WASMWRIGHT_TARBALLS"] = "http://a.test/{sha256} http://b.test/{file}"
    environ["WASMWRIGHT_DEBIAN_MIRRORS"] = "http://a.test/debian http://b.test/debian/"
    assert load_config(environ) == Config(
        pypi="http://variable.test/simple",
        debian=("http://a.test/debian", "http://b.test/debian"),
        npm="http://file.test/npm",
        github="http://forge.test/{owner}/{repo}/{rev}.tar.gz",
        tarballs=("http://a.test/{sha256}", "http://b.test/{file}"),
    )


def test_missing_file_is_an_error_only_when_it_was_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path))
    assert load_config({}) == Config()
    with pytest.raises(InvalidConfig, match="does not exist"):
        load_config({"WASMWRIGHT_CONFIG": str(tmp_path / "none.toml")})


@pytest.mark.parametrize(
    ("text", "told", "hint"),
    [
        ("[mirors]\n", "unknown key `mirors`", "did you mean `mirrors`?"),
        ('[mirrors]\ndebain = ["http://a.test"]\n', "[mirrors] has an unknown key `debain`", "did you mean `debian`?"),
        ("[mirrors]\nxyz = 1\n", "unknown key `xyz`", "known keys: pypi, debian, npm, github"),
        ('[mirrors]\npypi = "mirror.test"\n', "mirrors.pypi: 'mirror.test' is no http", "with its scheme"),
        ('[mirrors]\npypi = "http://["\n', "mirrors.pypi: 'http://[' is no http", "with its scheme"),
        ("[mirrors]\npypi = 3\n", "mirrors.pypi: 3 is no http", "with its scheme"),
        ('[mirrors]\ndebian = "http://a.test"\n', "mirrors.debian is not a list", "https://"),
        ('[mirrors]\ngithub = "http://forge.test/{owner}"\n', "mirrors.github: 'http://forge.test/{owner}'", "{rev}"),
        ('[mirrors]\ngithub = "forge.test"\n', "mirrors.github: 'forge.test' is no http", "with its scheme"),
        ('[mirrors]\ntarballs = ["http://a.test/x"]\n', "'http://a.test/x' has no place for {file}", "{sha256}/{file}"),
        ("mirrors = 1\n", "`mirrors` is not a table", "[mirrors]"),
    ],
)
def test_mistake_is_told_with_file_and_advice(text: str, told: str, hint: str):
    with pytest.raises(InvalidConfig, match=r"^config\.toml") as caught:
        parse_config(text, where="config.toml")
    assert told in str(caught.value)
    assert hint in str(caught.value.hint)


def test_broken_toml_is_told():
    with pytest.raises(InvalidConfig, match=r"^config\.toml: .*line 1"):
        parse_config("[mirrors\n", where="config.toml")


def test_wrong_variable_is_told_by_name():
    with pytest.raises(InvalidConfig, match="WASMWRIGHT_NPM_REGISTRY: 'npm'"):
        load_config({"WASMWRIGHT_NPM_REGISTRY": "npm"})
    with pytest.raises(InvalidConfig, match=r"WASMWRIGHT_PYPI_INDEX: 'http://\['"):
        load_config({"WASMWRIGHT_PYPI_INDEX": "http://["})
