"""Figures as PNG, SVG and PDF: their numbers are those of the native package."""

import io

import matplotlib as mpl
import matplotlib.pyplot as plt
import numpy as np
from matplotlib import ft2font
from matplotlib.mathtext import MathTextParser
from matplotlib.path import Path
from matplotlib.tri import LinearTriInterpolator, Triangulation
from PIL import Image

# Nothing shows a window here: what is taken without being asked for draws into memory.
assert plt.get_backend().lower() == "agg", plt.get_backend()
assert (ft2font.__freetype_version__, ft2font.__libraqm_version__) == ("2.14.3", "0.10.5")


def saved(figure, kind):
    file = io.BytesIO()
    figure.savefig(file, format=kind, metadata={"Date": None} if kind == "svg" else None)
    return file.getvalue()


def pixels_of(figure):
    return np.asarray(Image.open(io.BytesIO(saved(figure, "png"))).convert("RGB"))


plt.rcParams["svg.hashsalt"] = "fixed"
x = np.linspace(0, 6, 200)
points = np.array([[0, 0], [1, 0], [2, 0], [0, 1], [1, 1], [2, 1], [0.5, 2], [1.5, 2]])
figure, axes = plt.subplots(2, 2, figsize=(6, 4), dpi=100)
axes[0, 0].plot(x, np.sin(x), "r-", lw=4, label="sine")
axes[0, 0].legend()
axes[0, 0].set_title(r"$\int_0^x \cos t\,dt = \sqrt{1 - \cos^2 x}$")
shown = axes[0, 1].imshow(np.outer(np.arange(8), np.arange(8)), cmap="viridis", interpolation="bilinear")
figure.colorbar(shown, ax=axes[0, 1])
grid_x, grid_y = np.meshgrid(x, x)
filled = axes[1, 0].contourf(grid_x, grid_y, np.sin(grid_x) * np.cos(grid_y))
axes[1, 0].clabel(axes[1, 0].contour(grid_x, grid_y, np.sin(grid_x) * np.cos(grid_y), levels=[0.5], colors="k"))
triangulation = Triangulation(*points.T)
axes[1, 1].triplot(triangulation, "g-")
axes[1, 1].tricontourf(triangulation, points[:, 0] * points[:, 1])

# Lines, text, images, contours.
pixels = pixels_of(figure)
assert pixels.shape == (400, 600, 3)
red, black, white = ((pixels == colour).all(axis=2).sum() for colour in ((255, 0, 0), (0, 0, 0), (255, 255, 255)))
for found, native in ((red, 1526), (black, 3720), (white, 149915), (pixels.mean(), 197.60007)):
    assert abs(found - native) < native / 200, (red, black, white, pixels.mean())
assert [len(path.vertices) for path in filled.get_paths()] == [459, 948, 1254, 1645, 1452, 1258, 948, 459]
assert (len(triangulation.triangles), len(triangulation.edges)) == (7, 14)
inside = LinearTriInterpolator(triangulation, points[:, 0] + 2 * points[:, 1])
assert abs(inside(1.2, 1.3) - 3.8) < 1e-12
assert np.ma.is_masked(inside(5, 5))

# Letters: the widths of FreeType, the shapes of HarfBuzz, the order of raqm.
font = ft2font.FT2Font(mpl.get_data_path() + "/fonts/ttf/DejaVuSans.ttf")
font.set_size(12, 72)
for text, size in (("AVA", (1438, 576)), ("office", (2176, 640)), ("\u05e9\u05dc\u05d5\u05dd abc", (3392, 640))):
    font.set_text(text)
    assert font.get_width_height() == size, (text, font.get_width_height())
assert MathTextParser("path").parse(r"$\frac{a}{b^2}$", dpi=72)[:3] == (10, 14, 6)

circle = Path.unit_circle()
assert list(circle.contains_points([[0.7, 0.7], [0.8, 0.8]])) == [True, False]
assert circle.intersects_path(Path([[0, 0], [2, 0]]), filled=False)

svg, pdf = saved(figure, "svg").decode(), saved(figure, "pdf")
assert svg.startswith("<?xml")
assert (svg.count("<path"), svg.count("<use")) == (69, 143)
assert pdf.startswith(b"%PDF-1.4")
assert pdf.endswith(b"%%EOF\n")
assert pdf.count(b" obj") == 63
