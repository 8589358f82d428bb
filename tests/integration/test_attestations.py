"""What outputs say of their origin, compared with what Nix and the checkout say, and read by the formats' libraries."""

from __future__ import annotations

import hashlib
import json
from typing import TYPE_CHECKING, Any

import pytest
from cyclonedx.schema import SchemaVersion
from cyclonedx.validation.json import JsonStrictValidator
from google.protobuf import json_format
from in_toto_attestation.predicates.provenance.v1 import provenance_pb2
from in_toto_attestation.v1 import statement_pb2
from in_toto_attestation.v1.statement import Statement

from wasmwright.cli.session import open_checkout
from wasmwright.config import load_config
from wasmwright.generate.output import output_nix
from wasmwright.nix import exactly_one
from wasmwright.sources.fetch import fetch

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from wasmwright.checkout import Checkout
    from wasmwright.nix import Built, Nix

# A wheel with a library inside, which is patched, and a pure one, whose source is too.
NAMES = ["stdlib-missing", "zlib-state"]
INSIDE = {*NAMES, "zlib"}
BILL, PROVENANCE, MANIFEST = "sbom.cdx.json", "provenance.intoto.json", "wasmwright-output.json"


@pytest.fixture(scope="module")
def checkout(nix: Nix) -> Checkout:
    found = open_checkout()
    fetch(found.wanted(NAMES, outputs=True), store=nix, config=load_config())
    return found


@pytest.fixture(scope="module", params=["condaChannel", "dist"])
def file(request: pytest.FixtureRequest, checkout: Checkout, tmp_path_factory: pytest.TempPathFactory) -> str:
    path: Path = tmp_path_factory.mktemp("output") / "output.nix"
    path.write_text(output_nix(request.param, NAMES, checkout.scope()))
    return str(path)


@pytest.fixture(scope="module")
def output(nix: Nix, file: str) -> Built:
    return exactly_one(nix.build(["--impure", "--file", file, "output"]))


def _read(output: Built, name: str) -> dict[str, Any]:
    document: dict[str, Any] = json.loads((output.out / name).read_text())
    return document


def _fixed(nix: Nix, output: Built) -> dict[str, str]:
    """What Nix says was fetched for an output: the hashes, with a name each."""
    shown = json.loads(nix._run(["derivation", "show", "--recursive", output.drv_path]).stdout)
    derivations = shown.get("derivations", shown)
    return {
        out["hash"]: one["name"] for one in derivations.values() for out in one["outputs"].values() if "hash" in out
    }


def _components(output: Built) -> Iterator[dict[str, Any]]:
    for component in _read(output, BILL)["components"]:
        yield component
        yield from component.get("pedigree", {}).get("ancestors", [])


def test_bill_of_materials_is_one_of_cyclonedx(output: Built):
    text = (output.out / BILL).read_text()
    assert JsonStrictValidator(SchemaVersion.V1_6).validate_str(text) is None


def test_statement_is_one_of_in_toto_with_slsas_predicate(output: Built):
    text = (output.out / PROVENANCE).read_text()
    parsed = Statement.copy_from_pb(json_format.Parse(text, statement_pb2.Statement()))
    parsed.validate()
    assert parsed.pb.predicate_type == "https://slsa.dev/provenance/v1"
    json_format.ParseDict(json.loads(text)["predicate"], provenance_pb2.Provenance())


def test_subjects_are_the_files_of_the_output(output: Built):
    said = {one["name"]: one["digest"]["sha256"] for one in _read(output, PROVENANCE)["subject"]}
    files = {path.relative_to(output.out).as_posix(): path for path in output.out.rglob("*") if path.is_file()}
    own = {BILL, PROVENANCE, MANIFEST}
    assert said == {
        name: hashlib.sha256(path.read_bytes()).hexdigest() for name, path in files.items() if name not in own
    }
    assert {file["path"] for file in _read(output, MANIFEST)["files"]} == files.keys() - {MANIFEST}


def test_all_that_nix_fetched_is_in_both(nix: Nix, output: Built, checkout: Checkout):
    fixed = _fixed(nix, output)
    # What makes the documents themselves is not what made the output.
    own = {"cyclonedx", "boolean", "defusedxml", "license", "packageurl", "py", "sortedcontainers"}
    fixed = {sha256: name for sha256, name in fixed.items() if name.replace("-", "_").split("_")[0] not in own}
    assert len(fixed) > 100
    dependencies = _read(output, PROVENANCE)["predicate"]["buildDefinition"]["resolvedDependencies"]
    provided = {one["digest"]["sha256"]: one["uri"] for one in dependencies if "uri" in one}
    assert {name for sha256, name in fixed.items() if sha256 not in provided} == set()
    billed = {hashed["content"]: part["purl"] for part in _components(output) for hashed in part.get("hashes", [])}
    assert {name for sha256, name in fixed.items() if sha256 not in billed} == set()
    assert all(purl.startswith("pkg:") for purl in (*provided.values(), *billed.values()))
    source = next(own.source for own in checkout.lock("zlib").own)
    assert provided[source.sha256] == billed[source.sha256] == source.purl


def test_what_is_inside_has_licences_and_patches(output: Built, checkout: Checkout):
    parts = {part["name"]: part for part in _components(output) if part.get("scope") == "required"}
    assert parts.keys() >= INSIDE
    for name in INSIDE:
        assert parts[name]["licenses"], name
        (source,) = parts[name]["pedigree"]["ancestors"]
        assert source["licenses"], name
        patches = sorted((checkout.pkgs / name / "patches").glob("*.patch"))
        told = {one["name"]: one["value"] for one in parts[name]["properties"]}
        for patch in patches:
            expected = hashlib.sha256(patch.read_bytes()).hexdigest()
            assert told[f"wasmwright:patch:{patch.name}"] == f"sha256:{expected}"
        texts = {one["diff"]["text"]["content"] for one in parts[name]["pedigree"].get("patches", [])}
        assert texts == {patch.read_text() for patch in patches}
    assert any((checkout.pkgs / name / "patches").is_dir() for name in INSIDE)


def test_output_with_its_documents_is_the_same_again(nix: Nix, file: str, output: Built):
    again = exactly_one(nix.build(["--impure", "--file", file, "output.attestations", "--rebuild"]))
    assert (again.out / BILL).read_bytes() == (output.out / BILL).read_bytes()
    assert (again.out / PROVENANCE).read_bytes() == (output.out / PROVENANCE).read_bytes()


def test_image_has_both_beside_it(nix: Nix, checkout: Checkout, tmp_path: Path):
    file = tmp_path / "image.nix"
    file.write_text(output_nix("container-of", NAMES, checkout.scope()))
    image, beside = nix.build(["--impure", "--file", str(file), "output", "output.attestations"])
    text = (beside.out / BILL).read_text()
    assert JsonStrictValidator(SchemaVersion.V1_6).validate_str(text) is None
    assert json.loads(text)["metadata"]["component"]["type"] == "container"
    (subject,) = _read(beside, PROVENANCE)["subject"]
    (manifest,) = _read(image, "index.json")["manifests"]
    assert f"sha256:{subject['digest']['sha256']}" == manifest["digest"]
    parts = {part["name"]: part for part in _components(beside) if part.get("scope") == "required"}
    # What the image serves, what serves it, and what that runs on.
    assert parts.keys() >= {*INSIDE, "pyodide", "waitress", "bash", "libc6", f"python{checkout.base.compiler.python}"}
    assert {name for name, part in parts.items() if not part.get("licenses")} == set()
