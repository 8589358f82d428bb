"""Rasters written, read, brought to other coordinates, made of shapes, and shapes of them; native values."""

import math
import tempfile
from pathlib import Path

import numpy as np
import rasterio
from rasterio import features, warp
from rasterio.crs import CRS
from rasterio.enums import Resampling
from rasterio.errors import CRSError, RasterioIOError
from rasterio.fill import fillnodata
from rasterio.io import MemoryFile
from rasterio.mask import mask
from rasterio.merge import merge
from rasterio.transform import from_origin, rowcol
from rasterio.vrt import WarpedVRT
from rasterio.windows import Window

assert rasterio.__gdal_version__ == "3.10.3", rasterio.__gdal_version__
with rasterio.Env() as env:
    formats = {"AAIGrid", "COG", "ENVI", "GPKG", "GTiff", "HFA", "JP2OpenJPEG", "JPEG", "MEM", "PNG", "VRT", "WEBP"}
    assert formats <= set(env.drivers()), formats - set(env.drivers())

rows, columns = np.mgrid[0:120, 0:100]
heights = (1000 * np.sin(rows / 17) * np.cos(columns / 13)).astype("float32")
profile = {
    "driver": "GTiff",
    "width": 100,
    "height": 120,
    "count": 1,
    "dtype": "float32",
    "crs": "EPSG:32633",
    "transform": from_origin(400000, 5300000, 30, 30),
}

# A file on the disk, in tiles, its overviews, and a part of it.
with tempfile.TemporaryDirectory() as folder:
    path = Path(folder) / "heights.tif"
    with rasterio.open(path, "w", **profile, tiled=True, blockxsize=64, blockysize=64, compress="deflate") as written:
        written.write(heights, 1)
        written.update_tags(unit="m")
        written.build_overviews([2, 4], Resampling.average)
    with rasterio.open(path) as read:
        assert read.crs.to_epsg() == 32633
        assert read.tags()["unit"] == "m"
        assert read.bounds == (400000, 5296400, 403000, 5300000)
        assert np.array_equal(read.read(1), heights)
        assert np.array_equal(read.read(1, window=Window(20, 70, 50, 40)), heights[70:110, 20:70])
        assert read.overviews(1) == [2, 4]
        assert np.allclose(read.read(1, out_shape=(60, 50))[7, 9], heights[14:16, 18:20].mean(), rtol=1e-6)
        assert read.index(400045, 5299955) == rowcol(read.transform, 400045, 5299955) == (1, 1)
        assert read.checksum(1) == 3174, read.checksum(1)
        assert [round(float(value), 3) for value in next(read.sample([(401000, 5299000)]))] == [-767.718]

# In memory: each compression gives back what was written.
plain = {"width": 100, "height": 120, "count": 3, "dtype": "uint8", "transform": from_origin(100, 200, 2, 2)}
colors = np.stack([rows + columns, rows * 2, columns * 2]).astype("uint8")
for options in (
    {"compress": "lzw", "predictor": 2},
    {"compress": "deflate"},
    {"compress": "zstd"},
    {"compress": "lzma"},
    {"compress": "packbits"},
    {"compress": "webp", "webp_lossless": True},
    {"compress": "lerc_zstd"},
):
    with MemoryFile() as memory:
        with memory.open(driver="GTiff", interleave="pixel", **plain, **options) as file:
            file.write(colors)
        with memory.open() as file:
            assert np.array_equal(file.read(), colors), options
for driver, allowed in (("PNG", 0), ("WEBP", 40), ("JPEG", 40)):
    with MemoryFile() as memory:
        with memory.open(driver=driver, **plain) as file:
            file.write(colors)
        with MemoryFile(memory.read()) as again, again.open() as file:
            assert file.driver == driver
            assert np.abs(file.read().astype(int) - colors).max() <= allowed, driver

# Systems of coordinates.
east, north = warp.transform("EPSG:4326", "EPSG:32633", [12, 15], [55, 0])
assert math.dist((east[0], north[0]), (308124.3678624593, 6098907.825129169)) < 1e-6, (east, north)
assert math.dist((east[1], north[1]), (500000, 0)) < 1e-6
bounds = warp.transform_bounds("EPSG:32633", "EPSG:4326", 400000, 5296400, 403000, 5300000)
known = (13.663409025147702, 47.8131792305472, 13.704302382039389, 47.84602101516388)
assert np.allclose(bounds, known, rtol=0, atol=1e-9), bounds
assert CRS.from_epsg(4326).is_geographic
assert CRS.from_wkt(CRS.from_epsg(3857).to_wkt()) == CRS.from_epsg(3857)
try:
    CRS.from_epsg(999999)
except CRSError:
    pass
else:
    raise AssertionError

# A raster in another system, by more threads than there are.
turned, placed = warp.reproject(
    heights,
    src_transform=profile["transform"],
    src_crs="EPSG:32633",
    dst_crs="EPSG:4326",
    resampling=Resampling.bilinear,
    num_threads=2,
)
assert turned.shape == (1, 99, 123), turned.shape
known = (13.663409025147702, 47.84602101516388, 0.0003321150781632106)
assert np.allclose((placed.c, placed.f, placed.a), known, rtol=0, atol=1e-9), placed
assert abs(float(turned[0, 50, 60]) - 344.01093) < 1e-3, turned[0, 50, 60]
assert abs(float(turned.mean()) - 6.033529) < 1e-5, turned.mean()

# Shapes as a raster, and a raster as shapes.
square = {"type": "Polygon", "coordinates": [[(2, 2), (2, 4.25), (4.25, 4.25), (4.25, 2), (2, 2)]]}
burnt = features.rasterize([(square, 7)], out_shape=(6, 6), all_touched=True, dtype="uint8")
assert burnt.sum() == 63
assert (burnt[2:5, 2:5] == 7).all()
found = sorted((value, shape["coordinates"][0]) for shape, value in features.shapes(burnt, mask=burnt > 0))
assert found == [(7.0, [(2, 2), (2, 5), (5, 5), (5, 2), (2, 2)])], found
assert features.sieve(np.eye(9, dtype="uint8"), size=2).sum() == 0

with MemoryFile() as memory:
    with memory.open(**profile) as file:
        file.write(heights, 1)
    with memory.open() as file:
        ring = [(401000, 5298000), (402000, 5298000), (402000, 5299000), (401000, 5298000)]
        cut, _ = mask(file, [{"type": "Polygon", "coordinates": [ring]}], crop=True, nodata=-9999)
        assert cut.shape == (1, 34, 34), cut.shape
        assert int((cut != -9999).sum()) == 595, (cut != -9999).sum()
        whole, _ = merge([file], res=60)
        assert whole.shape == (1, 60, 50)
        with WarpedVRT(file, crs="EPSG:3857") as other:
            assert other.crs.to_epsg() == 3857
            assert other.shape == (122, 102), other.shape
holes = heights.copy()
holes[50:55, 40:45] = 0
filled = fillnodata(holes, mask=holes != 0)
assert abs(filled[52, 42] - -66.39568) < 1e-3, filled[52, 42]

# What cannot be is told.
for wrong in (b"\x89PNG\r\n\x1a\nbroken", b"II*\0broken"):
    try:
        with MemoryFile(wrong) as memory, memory.open() as file:
            file.read()
    except RasterioIOError:
        pass
    else:
        raise AssertionError(wrong)
