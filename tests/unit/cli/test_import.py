from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
from documents import faults
from recipe_known import KNOWN
from toolchain_writer import write_toolchain

from wasmwright.checkout import Checkout
from wasmwright.cli import main, options

if TYPE_CHECKING:
    from pathlib import Path

SDIST = "https://files.index.example/packages/source/d/demo/demo-1.0.tar.gz"
META = f"package: {{name: demo, version: '1.0'}}\nsource: {{url: {SDIST}, sha256: {'ab' * 32}}}\n"


@pytest.fixture
def checkout(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Checkout:
    root = tmp_path / "checkout"
    write_toolchain(root)
    made = Checkout(root=root, profile=KNOWN.profiles[0])
    made.pkgs.mkdir(exist_ok=True)
    monkeypatch.setattr(options, "open_checkout", lambda _profile, **_options: made)
    return made


@pytest.fixture
def recipes(tmp_path: Path) -> Path:
    folder = tmp_path / "recipes"
    for name, text in (
        ("demo", META),
        ("patched", META.replace("name: demo", "name: patched").replace("ab}", "ab, patches: [a.patch]}")),
        ("broken", "a: [\n"),
    ):
        (folder / name).mkdir(parents=True)
        (folder / name / "meta.yaml").write_text(text)
    return folder


def run(*arguments: object) -> int:
    with pytest.raises(SystemExit) as caught:
        main(["import", *map(str, arguments)])
    assert isinstance(caught.value.code, int)
    return caught.value.code


def test_recipe_of_a_file_is_printed(checkout: Checkout, recipes: Path, capsys: pytest.CaptureFixture[str]):
    assert run("pyodide", recipes / "demo" / "meta.yaml") == 0
    captured = capsys.readouterr()
    assert captured.out.startswith('[package]\nname = "demo"\n')
    assert "note: " in captured.err
    assert not list(checkout.pkgs.iterdir())


def test_folder_has_a_table_and_a_count(checkout: Checkout, recipes: Path, capsys: pytest.CaptureFixture[str]):
    assert run("pyodide", recipes, "--write") == 85
    captured = capsys.readouterr()
    assert "3 read: 1 carried, 1 but for their patches, 0 for a person, 1 refused" in captured.out
    assert "patch: patched/meta.yaml:2: source.patches" in captured.err
    assert "1 of 3 became no recipe: broken/meta.yaml" in captured.err
    assert sorted(path.name for path in checkout.pkgs.iterdir()) == ["demo", "patched"]
    assert run("pyodide", recipes / "demo", "--write") == 86
    assert run("pyodide", recipes / "demo", "--write", "--force") == 0


def test_json_is_as_described(checkout: Checkout, recipes: Path, capsys: pytest.CaptureFixture[str], tmp_path: Path):
    assert run("pyodide", recipes, "--json", "--out", tmp_path / "out") == 85
    document = json.loads(capsys.readouterr().out)
    assert faults("import", document) == []
    assert document["counts"] == {"recipes": 3, "carried": 1, "patches": 1, "person": 0, "refused": 1, "needless": 0}
    broken, demo, patched = document["recipes"]
    assert (broken["result"], broken["recipe"], broken["written"]) == ("refused", None, None)
    assert demo["written"] == str(tmp_path / "out" / "demo" / "recipe.toml")
    assert [one["line"] for one in patched["findings"] if one["level"] == "patch"] == [2]
    assert not list(checkout.pkgs.iterdir())


@pytest.mark.parametrize(
    ("arguments", "told"),
    [(["--write", "--out", "x"], "not both"), (["--force"], "give --write or --out with it")],
)
def test_options_that_do_not_go_together(
    checkout: Checkout, recipes: Path, capsys: pytest.CaptureFixture[str], arguments: list[str], told: str
):
    assert run("pyodide", recipes, *arguments) == 2
    assert told in capsys.readouterr().err
    assert not list(checkout.pkgs.iterdir())


def test_folder_without_recipes_is_told(checkout: Checkout, recipes: Path, capsys: pytest.CaptureFixture[str]):
    assert run("conda", recipes) == 85
    assert "holds no recipe.yaml" in capsys.readouterr().err
    assert not list(checkout.pkgs.iterdir())


def test_what_is_here_already_is_no_failure(checkout: Checkout, tmp_path: Path, capsys: pytest.CaptureFixture[str]):
    folder = tmp_path / "foreign" / "lzma"
    folder.mkdir(parents=True)
    text = "package: {name: lzma, version: 1.0.0, _cpython_dynlib: true}\nsource: {path: empty}\n"
    (folder / "meta.yaml").write_text(text)
    assert run("pyodide", folder.parent, "--json", "--write") == 0
    document = json.loads(capsys.readouterr().out)
    assert faults("import", document) == []
    (recipe,) = document["recipes"]
    assert (recipe["result"], recipe["recipe"], document["counts"]["needless"]) == ("needless", None, 1)
    assert not list(checkout.pkgs.iterdir())
    assert run("pyodide", folder.parent) == 0
    assert "0 refused, 1 of what is here" in capsys.readouterr().out
