"""Bills of materials and statements of provenance, checked by the formats' own libraries."""

from __future__ import annotations

import hashlib
import json
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest
from cyclonedx.schema import SchemaVersion
from cyclonedx.validation.json import JsonStrictValidator
from google.protobuf import json_format
from in_toto_attestation.predicates.provenance.v1 import provenance_pb2
from in_toto_attestation.v1 import statement_pb2
from in_toto_attestation.v1.statement import Statement
from wheel_writer import write_wheel

from wasmwright.outputs.attest import subjects
from wasmwright.outputs.billofmaterials import bill_of_materials
from wasmwright.outputs.documents import EnvironmentWheel, WheelOrigin
from wasmwright.outputs.manifest import write_manifest
from wasmwright.outputs.origins import CarriedFile, FetchedInputs, MadePackage, OutputOrigin, PatchFile, PinnedFile
from wasmwright.outputs.provenance import statement

if TYPE_CHECKING:
    from pathlib import Path

SOURCE = PinnedFile(purl="pkg:pypi/a@1?file_name=a-1.tar.gz", name="a-1.tar.gz", sha256="1" * 64)
LIBRARY = PinnedFile(purl="pkg:deb/debian/z@1%2Bds?arch=source", name="z_1.orig.tar.xz", sha256="2" * 64)
TOOL = PinnedFile(purl="pkg:deb/debian/clang@1:22?arch=amd64", name="clang.deb", sha256="3" * 64)
RUNTIME = PinnedFile(purl="pkg:npm/pyodide@314.0.7", name="pyodide.tgz", sha256="4" * 64)
INDEX = PinnedFile(purl="pkg:pypi/b@2?file_name=b.whl", name="b.zip", sha256="5" * 64)


def _wheel(name: str, **other: Any) -> EnvironmentWheel:  # noqa: ANN401 - fields
    fields = {
        "version": "1",
        "file": f"{name}-1-py3-none-any.whl",
        "size": 1,
        "sha256": "0" * 64,
        "depends": (),
        "imports": (name,),
        "origin": WheelOrigin.BUILT,
        "purl": f"pkg:generic/wasmwright/{name}@1",
        "license": "MIT",
        "summary": None,
        **other,
    }
    return EnvironmentWheel(name=name, **fields)


WHEELS = (
    _wheel("a", depends=("b",)),
    _wheel("b", origin=WheelOrigin.INDEX, purl=INDEX.purl, sha256=INDEX.sha256, license="BSD, more or less"),
)


def _package(name: str, **other: Any) -> MadePackage:  # noqa: ANN401 - fields
    fields = {
        "version": "1",
        "license": "MIT OR Zlib",
        "homepage": "https://example.org/",
        "summary": None,
        "libraries": (),
        "sources": (),
        "patches": (),
        **other,
    }
    return MadePackage(name=name, **fields)


@pytest.fixture
def origin(tmp_path: Path) -> OutputOrigin:
    patch = PatchFile(name="0001-x.patch", text="Why.\n\n--- a\n+++ b\n")
    return OutputOrigin(
        kind="dist",
        name="a-dist",
        profile="pyemscripten_2026_0",
        folder=tmp_path,
        environment=tmp_path,
        packages=(
            _package("a", sources=(SOURCE,), patches=(patch,), libraries=("z",)),
            _package("z", sources=(LIBRARY,)),
        ),
        has=frozenset({"a"}),
        index=((INDEX, tmp_path),),
        carries=(CarriedFile(pin=RUNTIME, license="MPL-2.0"),),
        fetched=FetchedInputs(pins=(INDEX, LIBRARY, RUNTIME, SOURCE, TOOL), files=(tmp_path,), derivations=9),
    )


def _components(origin: OutputOrigin) -> dict[str, Any]:
    document = json.loads(bill_of_materials(origin, WHEELS))
    return {component["bom-ref"]: component for component in document["components"]}


def test_bill_is_one_of_cyclonedx(origin: OutputOrigin):
    text = bill_of_materials(origin, WHEELS)
    assert JsonStrictValidator(SchemaVersion.V1_6).validate_str(text) is None
    assert JsonStrictValidator(SchemaVersion.V1_6).validate_str(text.replace("required", "needed")) is not None


def test_bill_is_the_same_again_and_another_for_other_content(origin: OutputOrigin):
    text = bill_of_materials(origin, WHEELS)
    assert bill_of_materials(origin, WHEELS) == text
    assert "timestamp" not in text
    other = bill_of_materials(replace(origin, name="b-dist"), WHEELS)
    assert json.loads(other)["serialNumber"] != json.loads(text)["serialNumber"]


def test_what_is_inside_is_required_and_what_made_it_excluded(origin: OutputOrigin):
    found = {ref: component["scope"] for ref, component in _components(origin).items()}
    required = {"wheel:a", "wheel:b", "library:z", RUNTIME.purl}
    assert found == {**dict.fromkeys(required, "required"), TOOL.purl: "excluded"}


def test_packages_of_an_image_have_no_wheel_and_are_in_it(origin: OutputOrigin):
    # The folder that was compiled of the source is in it.
    carries = (*origin.carries, CarriedFile(pin=SOURCE, license=None))
    image = replace(origin, kind="container-site", index=(), carries=carries)
    document = json.loads(bill_of_materials(image, ()))
    assert document["metadata"]["component"]["type"] == "container"
    found = {component["bom-ref"]: component for component in document["components"]}
    assert SOURCE.purl not in found
    assert found["library:a"]["pedigree"]["ancestors"][0]["purl"] == SOURCE.purl
    needs = {one["ref"]: one.get("dependsOn", []) for one in document["dependencies"]}
    assert set(needs["output:a-dist"]) == {"library:a", RUNTIME.purl}
    assert needs["library:a"] == ["library:z"]


def test_each_source_has_its_purl_hash_and_licence(origin: OutputOrigin):
    components = _components(origin)
    (source,) = components["wheel:a"]["pedigree"]["ancestors"]
    assert (source["purl"], source["hashes"][0]["content"]) == (SOURCE.purl, SOURCE.sha256)
    assert source["licenses"] == [{"expression": "MIT OR Zlib"}]
    (library,) = components["library:z"]["pedigree"]["ancestors"]
    assert (library["purl"], library["hashes"][0]["content"]) == (LIBRARY.purl, LIBRARY.sha256)
    assert components["wheel:b"]["purl"] == INDEX.purl
    assert components["wheel:b"]["licenses"] == [{"license": {"name": "BSD, more or less"}}]
    assert components[RUNTIME.purl]["licenses"] == [{"license": {"id": "MPL-2.0"}}]


def test_patches_are_in_it_whole_with_their_hashes(origin: OutputOrigin):
    component = _components(origin)["wheel:a"]
    (patch,) = component["pedigree"]["patches"]
    assert patch["diff"]["text"]["content"] == origin.packages[0].patches[0].text
    assert patch["diff"]["url"] == "pkgs/a/patches/0001-x.patch"
    expected = hashlib.sha256(origin.packages[0].patches[0].text.encode()).hexdigest()
    assert {"name": "wasmwright:patch:0001-x.patch", "value": f"sha256:{expected}"} in component["properties"]


def test_wheels_beside_the_environment_are_carried_with_their_licence(origin: OutputOrigin, tmp_path: Path):
    metadata = b"Metadata-Version: 2.4\nName: demo\nVersion: 1.0\nLicense-Expression: ISC\n"
    wheel = write_wheel(tmp_path, {"demo.py": b""}, tag="py3-none-any", metadata=metadata)
    stored = wheel.rename(tmp_path / f"{'0' * 32}-{wheel.name}")
    pin = PinnedFile(purl="pkg:pypi/demo@1.0", name=wheel.name, sha256="6" * 64)
    found = _components(replace(origin, index=(*origin.index, (pin, stored))))[pin.purl]
    assert (found["scope"], found["licenses"]) == ("required", [{"license": {"id": "ISC"}}])


def test_libraries_are_needed_by_what_links_them(origin: OutputOrigin):
    document = json.loads(bill_of_materials(origin, WHEELS))
    needs = {one["ref"]: one.get("dependsOn", []) for one in document["dependencies"]}
    assert needs["wheel:a"] == ["library:z", "wheel:b"]
    assert set(needs["output:a-dist"]) == {"wheel:a", "wheel:b", RUNTIME.purl}


def test_statement_is_one_of_in_toto_with_slsas_predicate(origin: OutputOrigin):
    text = statement(origin, WHEELS, subjects={"wheels/a.whl": "0" * 64}, byproducts={"sbom": "1" * 64})
    parsed = Statement.copy_from_pb(json_format.Parse(text, statement_pb2.Statement()))
    parsed.validate()
    document = json.loads(text)
    assert document["predicateType"] == "https://slsa.dev/provenance/v1"
    provenance = json_format.ParseDict(document["predicate"], provenance_pb2.Provenance())
    definition = provenance.build_definition
    dependencies = {one.uri: dict(one.digest) for one in definition.resolved_dependencies if one.uri}
    assert dependencies == {pin.purl: {"sha256": pin.sha256} for pin in origin.fetched.pins}
    assert definition.build_type
    assert provenance.run_details.builder.id
    assert list(definition.external_parameters["wheels"]) == ["a==1", "b==1"]


def test_statement_with_a_field_of_no_meaning_would_be_refused(origin: OutputOrigin):
    document = json.loads(statement(origin, WHEELS, subjects={"a": "0" * 64}, byproducts={}))
    document["predicate"]["buildDefinition"]["buildTyp"] = ""
    with pytest.raises(json_format.ParseError, match="buildTyp"):
        json_format.ParseDict(document["predicate"], provenance_pb2.Provenance())


def test_files_are_the_subjects_of_a_folder(origin: OutputOrigin, tmp_path: Path):
    (tmp_path / "a.whl").write_bytes(b"a")
    write_manifest(tmp_path, kind="dist", profile="p")
    assert subjects(origin) == {"a.whl": hashlib.sha256(b"a").hexdigest()}


def test_images_are_the_subjects_of_a_layout(origin: OutputOrigin, tmp_path: Path):
    named = {"digest": f"sha256:{'1' * 64}", "annotations": {"org.opencontainers.image.ref.name": "site:1"}}
    (tmp_path / "index.json").write_text(json.dumps({"manifests": [named, {"digest": f"sha256:{'2' * 64}"}]}))
    assert subjects(origin) == {"site:1": "1" * 64, "a-dist": "2" * 64}
