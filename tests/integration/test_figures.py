"""A figure that matplotlib draws in the stock runtime, beside that of the native package of the same version."""

from __future__ import annotations

import json
import os
import sys
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from command_line import wasmwright

from wasmwright.cli.session import open_checkout
from wasmwright.package import read_package
from wasmwright.process import run
from wasmwright.runtime.node import execute
from wasmwright.stockruntime import stock_runtime

if TYPE_CHECKING:
    from wasmwright.nix import Nix

pytestmark = pytest.mark.long
CHECKOUT = open_checkout()
GUEST = "/home/pyodide/figures"
# None was off when this was written. Of 255, over all pixels: as matplotlib's own tests measure. And how many of a
# million may be off by more than 16: by rounding, an edge comes to lie in the pixel beside.
ROOT_MEAN_SQUARE = 0.5
OFF_IN_A_MILLION = 200
# Lines of each kind, letters of three scripts and mathematics, an image, contours, triangles by Qhull, in space.
DRAW = """
import sys
import matplotlib.pyplot as plt
import numpy as np
from matplotlib.tri import Triangulation

target, width = sys.argv[1], float(sys.argv[2])
x = np.linspace(0, 6, 200)
grid_x, grid_y = np.meshgrid(x, x)
height = np.sin(grid_x) * np.cos(grid_y)
figure = plt.figure(figsize=(10, 7.5), dpi=120, layout="constrained")
lines, image, contours, triangles, bars, space = (
    figure.add_subplot(2, 3, at + 1, projection="3d" if at == 5 else None) for at in range(6)
)
for at, (style, marker) in enumerate(zip(["-", "--", "-.", ":"], "os^D")):
    lines.plot(x, np.sin(x + at / 2), style, marker=marker, markevery=20, lw=width, label=f"sin(x + {at / 2})")
lines.legend(loc="lower left", fontsize="small")
lines.set_title(r"$\\int_0^x \\cos t\\,dt = \\sqrt{1 - \\cos^2 x}$")
lines.set_xlabel("\\u05e9\\u05dc\\u05d5\\u05dd, office AVA, \\u03b1\\u03b2\\u03b3")
shown = image.imshow(height[::10, ::10], cmap="viridis", interpolation="bicubic", origin="lower")
figure.colorbar(shown, ax=image, orientation="horizontal", label=r"$\\sin x\\,\\cos y$")
contours.contourf(grid_x, grid_y, height, levels=9, cmap="RdBu")
contours.clabel(contours.contour(grid_x, grid_y, height, levels=[-0.5, 0, 0.5], colors="k"))
points = np.random.default_rng(1).random((60, 2))
mesh = Triangulation(*points.T)
triangles.tricontourf(mesh, points[:, 0] * points[:, 1])
triangles.triplot(mesh, "k-", lw=0.5)
bars.bar(range(5), [3, 1, 4, 1, 5], yerr=0.3, capsize=4, hatch="//", edgecolor="k", alpha=0.6)
bars.fill_between(x[:100], 2 + np.sin(x[:100]), 4, color="orange", alpha=0.4, zorder=3)
bars.annotate("here", (2, 4), (3, 4.6), arrowprops={"arrowstyle": "->", "connectionstyle": "arc3,rad=.3"})
space.plot_surface(grid_x[::10, ::10], grid_y[::10, ::10], height[::10, ::10], cmap="plasma")
figure.savefig(target)
"""
# It is the native NumPy and Pillow that compare.
COMPARE = """
import json
import sys
import numpy as np
from PIL import Image

found, native = (np.asarray(Image.open(file).convert("RGB")).astype(float) for file in sys.argv[1:])
difference = np.abs(found - native)
off = int((difference > 16).any(axis=2).sum())
print(json.dumps({"shape": found.shape, "colours": len(np.unique(native.reshape(-1, 3), axis=0)),
    "rms": float(np.sqrt((difference**2).mean())), "off": off / difference[..., 0].size * 1e6}))
"""


@pytest.fixture(scope="module")
def native(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of the packages that everybody installs on this machine."""
    folder = tmp_path_factory.mktemp("native")
    command = [sys.executable, "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
    command += ["--only-binary=:all:", "--target", str(folder)]
    run([*command, f"matplotlib=={CHECKOUT.recipes['matplotlib'].version}"], env=os.environ, cwd=folder)
    return folder


def natively(native: Path, code: str, *arguments: str | Path) -> str:
    env = {"PYTHONPATH": str(native), "PATH": os.environ["PATH"], "MPLCONFIGDIR": str(native)}
    return run([sys.executable, "-c", code, *map(str, arguments)], env=env, cwd=native).stdout


@pytest.fixture(scope="module")
def figures(nix: Nix, native: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with `wasm.png` and `native.png`, and with `wider.png`, which is another figure."""
    folder = tmp_path_factory.mktemp("figures")
    natively(native, DRAW, folder / "native.png", 2)
    natively(native, DRAW, folder / "wider.png", 2.5)
    (folder / "draw.py").write_text(DRAW)
    done = wasmwright("build", "matplotlib", "--json")
    assert done.returncode == 0, done.stderr
    (package,) = json.loads(done.stdout)["packages"]
    runtime = stock_runtime([read_package(Path(package["out"]))], checkout=CHECKOUT, nix=nix)
    drawn = execute(replace(runtime, mounts={folder: GUEST}), [f"{GUEST}/draw.py", f"{GUEST}/wasm.png", "2"])
    assert drawn.exit_code == 0, drawn.stderr
    return folder


def compared(native: Path, first: Path, second: Path) -> tuple[float, float]:
    """The root mean square of the difference, and how many pixels of a million are off."""
    found = json.loads(natively(native, COMPARE, first, second))
    assert found["shape"] == [900, 1200, 3]
    assert found["colours"] > 1000
    return found["rms"], found["off"]


def test_a_figure_is_the_native_one(native: Path, figures: Path):
    rms, off = compared(native, figures / "wasm.png", figures / "native.png")
    assert rms <= ROOT_MEAN_SQUARE
    assert off <= OFF_IN_A_MILLION


def test_lines_that_are_half_a_point_wider_are_seen(native: Path, figures: Path):
    rms, off = compared(native, figures / "wasm.png", figures / "wider.png")
    assert rms > 4 * ROOT_MEAN_SQUARE
    assert off > 4 * OFF_IN_A_MILLION
