"""Files of every format that is there written and read, and one of the native package."""

import base64
import zlib

import netCDF4
import numpy as np

wind = np.random.default_rng(7).normal(10, 3, size=(6, 20, 30))

# Packed into shorts, along a dimension that grows, with dates of a calendar of models.
for version in ("NETCDF3_CLASSIC", "NETCDF3_64BIT_OFFSET", "NETCDF4_CLASSIC", "NETCDF4"):
    with netCDF4.Dataset("there.nc", "w", format=version) as file:
        file.createDimension("time", None)
        file.createDimension("y", 20)
        file.createDimension("x", 30)
        time = file.createVariable("time", "f8", ("time",))
        time.units, time.calendar = "days since 2001-01-01", "noleap"
        time[:] = netCDF4.date2num(netCDF4.num2date(np.arange(6) * 300, time.units, "noleap"), time.units, "noleap")
        packed = file.createVariable("wind", "i2", ("time", "y", "x"), fill_value=-32768)
        packed.scale_factor = 0.001
        packed.add_offset = 10.0
        packed[:5] = wind[:5]
        packed[5] = np.ma.masked_less(wind[5], 10)
    with netCDF4.Dataset("there.nc") as file:
        # Without the format for more than 4 GiB, that of 64 bits is called without a suffix.
        assert version.startswith(file.data_model), file.data_model
        assert file["wind"].dtype == "i2"
        assert np.abs(file["wind"][:5] - wind[:5]).max() < 0.00051
        assert file["wind"][5].count() == (wind[5] >= 10).sum()
        assert file["wind"][1::2, [3, 7], ::-10].shape == (3, 2, 3)
        last = netCDF4.num2date(file["time"][-1], file["time"].units, file["time"].calendar)
        assert last.isoformat() == "2005-02-10T00:00:00", last

# What the newer format alone has.
with netCDF4.Dataset("there.nc", "w") as file:
    file.setncattr_string("by_whom", ["one", "zwölf"])
    file.renameAttribute("by_whom", "by")
    file.createDimension("x", 1000)
    group = file.createGroup("model/run")
    options = {"compression": "zlib", "complevel": 4, "fletcher32": True, "chunksizes": (250,)}
    steps = group.createVariable("steps", ">f4", ("x",), endian="big", **options)
    steps[:] = np.arange(1000)
    rounded = group.createVariable("rounded", "f4", ("x",), significant_digits=7, quantize_mode="BitRound")
    rounded[:] = np.float32(np.pi) * np.arange(1000, dtype="f4")
    names = file.createVariable("names", str, ("x",))
    names[3] = "Kyōto"
    ragged = file.createVariable("ragged", file.createVLType("i8", "numbers"), ("x",))
    ragged[1] = np.array([2**62, -5, 7])
    station = np.dtype([("height", "f4"), ("at", "i4", (2,))])
    stations = file.createVariable("stations", file.createCompoundType(station, "station"), ("x",))
    stations[2] = np.array((3.5, (7, -8)), station)
    cover = file.createVariable("cover", file.createEnumType("u1", "kind", {"none": 0, "ice": 3}), ("x",), fill_value=0)
    cover[5:9] = 3
with netCDF4.Dataset("there.nc", auto_complex=True) as file:
    assert file.by == ["one", "zwölf"], file.by
    assert file["model/run/steps"].endian() == "big"
    assert file["model/run/steps"].filters()["zlib"]
    assert np.array_equal(file["model/run/steps"][:], np.arange(1000))
    # Seven bits of pi are kept: 3.140625.
    assert file["model/run/rounded"][1] == 3.140625, file["model/run/rounded"][1]
    assert file["names"][3] == "Kyōto"
    assert file["ragged"][1].tolist() == [2**62, -5, 7]
    assert file["stations"][2]["at"].tolist() == [7, -8]
    assert file["cover"][:].sum() == 12
    assert file["cover"].datatype.enum_dict == {"none": 0, "ice": 3}
with netCDF4.Dataset("complex.nc", "w", auto_complex=True) as file:
    file.createDimension("x", 3)
    file.createVariable("z", "c16", ("x",))[:] = [1j, 2, 3 - 4j]
with netCDF4.Dataset("complex.nc", auto_complex=True) as file:
    assert abs(file["z"][2]) == 5

# Several files as one, and one in memory.
for at in range(3):
    with netCDF4.Dataset(f"part{at}.nc", "w", format="NETCDF4_CLASSIC") as file:
        file.createDimension("time", None)
        file.createVariable("v", "i4", ("time",))[:] = np.arange(4) + 10 * at
with netCDF4.MFDataset("part?.nc") as files:
    assert files.variables["v"][2:10:3].tolist() == [2, 11, 20], files.variables["v"][:]
file = netCDF4.Dataset("memory.nc", "w", memory=1024)
file.createDimension("x", 5)
file.createVariable("v", "f8", ("x",))[:] = 0.5
with netCDF4.Dataset("memory.nc", memory=bytes(file.close())) as file:
    assert file["v"][:].sum() == 2.5
try:
    netCDF4.Dataset("complex.nc")["none"]
except IndexError as error:
    assert "none not found" in str(error), error
else:
    raise AssertionError
try:
    netCDF4.Dataset("none.nc")
except FileNotFoundError as error:
    assert error.filename == "none.nc", error
else:
    raise AssertionError

# A file of the native package, with HDF5 2.2.
NATIVE = """
eNrtW11oHFUUvjOzu5lsJjE1sUnaSMZSoTTJul23aayUJO5ufsyfJCUPsTRMM7NkdHe2zm7SpIp90IfWWIX2QfCh5CkglCJWH4S0PohY8EGftChoVfqiDxJQ
KBiJc//25zar61/BcL7J7tkzM/fec849Z2b225tzg/H+2uCuoKyqiGOT4ckE1cNsf/fTx8bHB+MTsvauvIfsUXxCExFBGUn4eH09fl9S6NkxPpJMxQOtCHek
yGX70faT4ZDqbd6pc3Y2l3GXUIO3s5b1k3QzaT1puLpxylhCdeguXHjp/b2C+VKF5gd24neJe4sUd965whufQPcEz+174/jfNb+p1HzfKdsxRwNMM+6J+V90
6ZvE/FokSY1k8iVJUgQPlEZs8Q69B9F07EXRGhTd9E7z1+EjSnshTS8N0KxaY518jUqzqap8NvXRbGpEmvdCM2NWbtZMRmOZjGvajpGzsqjeG4fGSyeG8lBL
RS5p7VhXUIAmZWykb3KSpGQ9S8n40GhibHJofGxmMtY3ksjne3XrhdHx2OBwoLl0XvzpjGmlfmIa9W7VT7UeVGLBs/s2BnEX7KRmeuwit6wNj6UgP7VsrG80
QQzzM8Nydtoi5iveVudFwVeIQtxO22ap/7zXQ3hf3t95x85lSbetrNu5zLyb1bO2M2vpkXA43BmOdEa69QORw+GwthcPr6Bq2njWSFmOabikfYC1dzIpyzjp
fXjmq90rdydLFbODS5YsD7XlLW1SUdMZ7CdJfCVIo/NYC7sACAniL58g7TRBKp5ZOtBtNldzRQkiVxphMq9bXLaaP1u5SJKFFTHPQB+exLRcnCufMEfTRc3P
Ljy+jJtr0zRZxZToZR4d9a6puvdn6I6Vi8X7ddPr3snaGUc/MZ/TnUyucGjBcG3jRMoK6RyH0Dlz/TqdslFZ2kumTC7Ud5VQ5/kp1LDfOBTUkXrkV2mdY339
Zk0r1mRFYbcLydtosPCGw62SsCiyMreHxYUNJxfNdKD8TCf+8qVALr155YtS66IRrmFd9dup1JSRmrdK/NvqYrJ+U+unmVLrtfTaZnF5zCSNWe8ut+XVcKte
nm+8MvDt6Zd7tDit6xral2GaM5lkMmvlKu6JItqrPUgL3l8oeJIzCvM+/UhWO0bL+j7PtcbiuhgZmjyKWljJ4DlSWRWL4cODrqqFz8U6PufWB6lvBmLjI/Q5
otRQfjPgZSAL+99kl1ZFqClfmfP8wnkBQa8SdFXQqwU9KOg1gq4J/U5/uObas3PkmaZ4/OGlj87nMoV2d+oQAAAAAAAAAAAAAAAA2w6YwFIbyDd5We7eVWAQ
8BdwLYW/KGMKIowpiIlEf2IiMRZLUAqiS6asgWnkDMyB5LmIPL+F1Hr0x2TvqMADLK3e+pmYdD8xSeJkUis7jtk4BSVCVHuFN5v67wLUNXXt0wIdfLmT7uWc
MSa5JMJDqpSHjD3lZk5abs62KIG7h0YTLVgujsiRSIdDeLAj0dCBcOhAx5yZPHgkEoqEyE9Bg6+2nT86kUhgCk7k0zhDI2IlKuyQt2ZQAAAAAAAAbB+Ue144
/CftVuKlOv/lpqr0MQIAAAAAAAAAsE1Q6SrAFkki1BN+UdpORf6dZCnZfk5J8VVFeDUQp+6+ZM+XJ9k5FSxF/ueLR7GkTN2PjKmb5v42lInDd+8cbCWrAEkc
JF9+9dQiX7vE1wfytU4+x0hbKx1UMS+fvk1WAY5QJrDy5Vpb2c4DSSK176pLen6BrhX791hYcaEYZ2G5Jdw3jsn1h4NQMAAAALAd0ftEL5Fnr1KJLg2ABAkS
JEiQIEGCBAkSJEiQIP//cvH4o+pv3Zs3hq+/vuO95dfONEaXnTuLP1y7MaAufv7L9x+fb+t5cWNtvUF1NmRZX/814Iu+jdDut0LhqiKiWhN+AQgKuiro1YLu
F/QAe3Ed/7/u7zBaEh8=
"""
with netCDF4.Dataset("native.nc", memory=zlib.decompress(base64.b64decode(NATIVE))) as file:
    assert file.history == "from far away"
    speed = file["model/run/wind"][:]
    assert np.ma.count(speed) == 17
    assert abs(speed.sum() - 63.64) < 1e-10, speed.sum()
    assert file["name"][:].tolist() == ["Zürich", "", "", "", "", "", "Kyōto"]
    days = netCDF4.num2date(file["time"][:], file["time"].units, file["time"].calendar)
    assert [day.isoformat() for day in days][1:] == ["2000-03-02T00:30:00", "2000-09-24T20:00:00"], days
assert netCDF4.__netcdf4libversion__.startswith("4.9.3"), netCDF4.__netcdf4libversion__
assert netCDF4.__hdf5libversion__ == "1.14.5", netCDF4.__hdf5libversion__
print(f"netCDF4: with netCDF {netCDF4.__netcdf4libversion__}, HDF5 {netCDF4.__hdf5libversion__}")
