"""`wasmwright container`: OCI images of the toolchain and of sites, for who has no Nix."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import click

from wasmwright import log
from wasmwright.carrying.carry import Carrier, carry, check_destination
from wasmwright.carrying.destination import WORDS, Destination, read_destination
from wasmwright.carrying.image import read_image
from wasmwright.cli.buildview import build_view
from wasmwright.cli.options import build_options, profile_option
from wasmwright.cli.output import say, say_json
from wasmwright.cli.outputs import Made, build_environment_packages, make_output
from wasmwright.cli.transfer import transfer_progress
from wasmwright.config import load_config
from wasmwright.generate.documents import VERSION
from wasmwright.lock.inside import Inside
from wasmwright.nix import exactly_one
from wasmwright.sources.fetch import fetch

if TYPE_CHECKING:
    from wasmwright.carrying.image import Image
    from wasmwright.checkout import Checkout
    from wasmwright.cli.session import BuildOptions

# What each is for, as the help says it.
_IMAGES = {
    "toolchain": "compilers, and what makes and tests wheels: build-wheel, test-wheel",
    "ci": "the toolchain with Nix and the command line: builds recipes",
    "test": "the stock runtime under Node, and pytest: test-wheel",
    "site": "a distribution of the packages that are named, served on port 8080",
}


_DOCUMENTS = {"sbom": "sbom.cdx.json", "provenance": "provenance.intoto.json"}


def _destination(_context: click.Context, _parameter: click.Parameter, value: str) -> Destination:
    try:
        return read_destination(value)
    except ValueError as error:
        raise click.BadParameter(str(error)) from None


@click.command(
    epilog="\b\nExamples:\n"
    "  ./wasmwright container toolchain --to podman\n"
    "  ./wasmwright container toolchain --to docker://registry.example.org/team/wasm:1\n"
    "  ./wasmwright container test --to docker-archive:test.tar    for `docker load` elsewhere\n"
    "  ./wasmwright container site numpy markupsafe --to oci:site\n"
    "  ./wasmwright container site pylock.toml --to podman         what `env lock` wrote\n"
    "\b\nImages:\n" + "\n".join(f"  {name:10} {purpose}" for name, purpose in _IMAGES.items())
)
@click.argument("image", type=click.Choice(list(_IMAGES)), metavar="IMAGE")
@click.argument("asked", nargs=-1, metavar="[NAMES... | LOCK]")
@click.option("--to", required=True, callback=_destination, metavar="DESTINATION", help=f"One of {WORDS}.")
@click.option("--force", is_flag=True, help="Replace an image that is there, in a folder or file.")
@profile_option
@click.option("--json", "as_json", is_flag=True, help="Print name, sizes and digests (docs/reference/json.md).")
@build_options
def command(  # noqa: PLR0913 - options
    image: str,
    asked: tuple[str, ...],
    *,
    to: Destination,
    force: bool,
    checkout: Checkout,
    as_json: bool,
    options: BuildOptions,
) -> None:
    """Make the OCI image IMAGE, and copy it where DESTINATION says.

    It is the same, byte for byte, on every machine. Of an image that is there already, only the layers that have
    changed are copied. A registry is asked with the credentials that `podman login`, `docker login` or `skopeo login`
    have kept for you. A folder or file is complete, or not there.
    """
    if asked and image != "site":
        message = f"the image {image} takes no packages: only that of a site does"
        raise click.UsageError(message)
    if not asked and image == "site":
        message = "name the packages that the site is to have, or the lock of an environment"
        raise click.UsageError(message)
    environment = dict(os.environ)
    check_destination(to, environment, force=force)
    stages = log.Stages()
    with stages.stage("image"):
        made = _made(checkout, image, asked, options, attested=as_json)
        found = read_image(made.path)
        skopeo = exactly_one(made.nix.build([checkout.output("skopeo")])).out / "usr/bin/skopeo"
    log.say(f"copying {found.name}:{found.tag} to {to.shown()}: {len(found.layers)} layers, {log.size(found.size)}")
    with stages.stage("copy"):
        there = carry(found, to, Carrier(skopeo=skopeo, environment=environment, say=log.say))
    if as_json:
        document = _document(found, to, there, profile=checkout.profile)
        say_json({**document, "attestations": _attestations(made)})
    else:
        say(f"{found.name}:{found.tag}: {len(found.layers)} layers, {log.size(found.size)}, {found.digest}")
        say(f"time: {stages.summary()}")
        say(to.for_skopeo(found.name, found.tag))


def _made(checkout: Checkout, image: str, asked: tuple[str, ...], options: BuildOptions, *, attested: bool) -> Made:
    if image == "site":
        return make_output(checkout, asked, "container-of", options, beside=attested)
    nix = build_environment_packages(checkout, checkout.inside(Inside.WHEEL_TOOLS).host, options).nix
    wanted = checkout.with_itself_wanted() if image == "ci" else checkout.inside_wanted(Inside.WHEEL_TOOLS)
    fetch(wanted, store=nix, config=load_config(), progress=transfer_progress())
    view = build_view(verbose=options.verbose)
    output = checkout.output(f"container-{image}")
    built, *others = nix.build([output, *[f"{output}.attestations"] * attested], progress=view)
    return Made(path=built.out, nix=nix, attestations=others[0].out if others else None)


def _attestations(made: Made) -> dict[str, str]:
    """The documents beside an image: nothing can lie in it that names its digest."""
    assert made.attestations is not None
    return {name: str(made.attestations / file) for name, file in _DOCUMENTS.items()}


def _document(image: Image, to: Destination, digest: str, *, profile: str) -> dict[str, object]:
    return {
        "version": VERSION,
        "profile": profile,
        "name": image.name,
        "tag": image.tag,
        "digest": image.digest,
        "size": image.size,
        "unpacked_size": image.unpacked_size,
        "layers": [{"name": one.name, "digest": one.digest, "size": one.size} for one in image.layers],
        "destination": to.for_skopeo(image.name, image.tag),
        "digest_there": digest,
    }
