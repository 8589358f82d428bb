"""Units, times, coordinates, tables, images and projections; values of the native package. Nothing is fetched."""

import io

import numpy as np
from astropy import units as u
from astropy.convolution import Gaussian2DKernel, convolve
from astropy.coordinates import ICRS, Galactic, SkyCoord
from astropy.io import ascii as text
from astropy.io import fits
from astropy.stats import sigma_clip
from astropy.table import Table, join
from astropy.time import Time
from astropy.timeseries import LombScargle
from astropy.utils import iers
from astropy.wcs import WCS

iers.conf.auto_download = False
found = {}

assert (3 * u.km / (2 * u.min)).to_value("m/s") == 25
found["energy"] = (1.5 * u.keV).to_value(u.AA, equivalencies=u.spectral())
time = Time("2024-02-29T12:34:56.789", scale="utc")
found["time"] = [time.tai.jd, time.tdb.mjd, Time(["2026:331:06:00:00.000"]).unix[0]]
found["sidereal"] = Time("2020-06-01T00:00:00").sidereal_time("mean", "greenwich").hour
place = SkyCoord(ICRS(10.68458 * u.deg, 41.26917 * u.deg)).transform_to(Galactic())
found["galactic"] = [place.l.deg, place.b.deg]

table = text.read("a b\n1 2.5\n3 x\n", format="basic", fast_reader=True)
assert [column.dtype.kind for column in table.itercols()] == ["i", "U"]
left, right = Table({"k": [1, 2, 3], "v": [0.5, 1.5, 2.5]}), Table({"k": [3, 1], "w": ["c", "a"]})
assert [tuple(row) for row in join(left, right, keys="k")] == [(1, 0.5, "a"), (3, 2.5, "c")]

image = np.add.outer(np.arange(64) ** 2, 3 * np.arange(48)).astype("i2")
file = io.BytesIO()
hdus = [fits.PrimaryHDU(image)]
hdus += [fits.CompImageHDU(image, compression_type=kind) for kind in ("RICE_1", "GZIP_2", "HCOMPRESS_1", "PLIO_1")]
fits.HDUList(hdus).writeto(file, checksum=True)
file.seek(0)
with fits.open(file, checksum=True) as hdus:
    for hdu in hdus:
        assert (hdu.data == image).all(), hdu
    found["checksum"] = hdus[0].header["DATASUM"]
file = io.BytesIO()
Table({"x": [1.25, 2], "n": ["é", "b"]}).write(file, format="votable")
assert Table.read(io.BytesIO(file.getvalue()), format="votable")["n"].tolist() == ["é", "b"]

world = WCS(naxis=2)
world.wcs.ctype = "RA---TAN", "DEC--TAN"
world.wcs.crpix, world.wcs.crval, world.wcs.cdelt = (32, 24), (150.1, 2.2), (-0.01, 0.01)
found["sky"] = np.ravel(world.all_pix2world([[0, 0], [63, 40]], 0)).tolist()
assert np.allclose(world.all_world2pix(*np.array(found["sky"]).reshape(2, 2).T, 0), [[0, 63], [0, 40]], atol=1e-8)

noise = np.random.default_rng(1).normal(size=500)
noise[::50] = 40
found["clipped"] = [float(sigma_clip(noise, 3).mean()), int(sigma_clip(noise, 3).mask.sum())]
found["smooth"] = float(convolve(image.astype(float), Gaussian2DKernel(1.5))[20, 20])
moments = np.linspace(0, 20, 300)
power = LombScargle(moments, np.sin(2 * np.pi * 1.3 * moments)).power(np.array([0.7, 1.3]), method="slow")
found["power"] = power.tolist()

EXPECTED = {
    "energy": 8.265613228880015,
    "time": [2460370.024696632, 60369.525069147596, 1795759200.0],
    "sidereal": 16.662609712027262,
    "galactic": [121.17424181126057, -21.57288557242884],
    "checksum": "3743478048",
    "sky": [150.4101778005904, 1.9699723904989617, 149.7797307893448, 2.3699625177477173],
    "clipped": [-0.040529414044649055, 14],
    "smooth": 462.24951333819894,
    "power": [0, 1],
}
for name, values in EXPECTED.items():
    if isinstance(values, str):
        assert found[name] == values, (name, found[name])
    else:
        assert np.allclose(found[name], values, rtol=1e-10, atol=1e-12), (name, found[name])
assert found.keys() == EXPECTED.keys(), found
print("astropy: units, times, places, tables, images")
