"""A file written and read: types, chunks, filters, references, virtual data; and one of the native package."""

import base64
import io
import zlib

import h5py
import numpy as np

data = np.random.default_rng(3).normal(size=(200, 30))
with h5py.File("there.h5", "w", libver="latest") as file:
    options = {"chunks": (50, 10), "shuffle": True, "fletcher32": True}
    for compression in ("gzip", "lzf", None):
        file.create_dataset(f"data/{compression}", data=data, compression=compression, **options)
    file["complex"] = data[:, 0] + 1j * data[:, 1]
    file["halves"] = data.astype("f2")
    file["big"] = data.astype(">f8")
    file["long"] = data[:4].astype(np.longdouble)
    file["bits"] = data > 0
    kinds = [("name", h5py.string_dtype()), ("at", "i8", 2)]
    records = file.create_dataset("records", (3,), dtype=kinds, maxshape=(None,))
    records[:] = [("one", (1, 2)), ("zwölf", (3, 4)), ("", (2**62, -5))]
    records.resize((4,))
    file["names"] = ["a", "β", "c" * 300]
    file["ragged"] = np.array([np.arange(3), np.arange(5)], dtype=object).astype(h5py.vlen_dtype(np.int32))
    file["kind"] = np.array([0, 1, 1], dtype=h5py.enum_dtype({"NO": 0, "YES": 1}, basetype="u1"))
    file["refers"] = file["names"].ref
    file["data"].attrs.update({"unit": "mm", "steps": np.arange(3)})
    file["alias"] = h5py.SoftLink("/data/gzip")
    layout = h5py.VirtualLayout((2, 200), "f8")
    for at in range(2):
        layout[at] = h5py.VirtualSource(file["data/lzf"])[:, at]
    file.create_virtual_dataset("columns", layout)
    file["data/gzip"].dims[0].label = "row"

with h5py.File("there.h5") as file:
    for name in ("data/gzip", "data/lzf", "data/None", "big", "alias"):
        assert np.array_equal(file[name], data), name
    assert file["data/gzip"].id.get_storage_size() < data.nbytes, file["data/gzip"].id.get_storage_size()
    assert np.array_equal(file["data/gzip"][10:150:7, [1, 4, 20]], data[10:150:7, [1, 4, 20]])
    assert np.array_equal(file["complex"], data[:, 0] + 1j * data[:, 1])
    assert np.array_equal(file["halves"], data.astype("f2"))
    assert file["halves"].dtype == "f2"
    assert np.array_equal(file["bits"], data > 0)
    assert file["bits"].dtype == bool
    assert np.array_equal(file["long"], data[:4]), file["long"][0, 0]
    assert file["records"][1]["name"] == "zwölf".encode()
    assert file["records"][2]["at"].tolist() == [2**62, -5]
    assert file["records"].shape == (4,)
    assert file["records"][3]["name"] == b""
    assert file[file["refers"][()]].asstr()[1] == "β"
    assert len(file["names"][2]) == 300
    assert [part.tolist() for part in file["ragged"]] == [[0, 1, 2], [0, 1, 2, 3, 4]]
    assert h5py.check_enum_dtype(file["kind"].dtype) == {"NO": 0, "YES": 1}
    assert np.array_equal(file["columns"], data[:, :2].T)
    assert file["columns"].is_virtual
    assert dict(file["data"].attrs)["unit"] == "mm"
    assert file["data/gzip"].dims[0].label == "row"
    try:
        file["none"]
    except KeyError as error:
        assert "object 'none' doesn't exist" in str(error), error
    else:
        raise AssertionError
try:
    h5py.File(io.BytesIO(b"no such file" * 100))
except OSError as error:
    assert "file signature not found" in str(error), error
else:
    raise AssertionError

# A file of the native package, with HDF5 2.0: twelve squares, compressed.
NATIVE = """
eNrtl8FKw0AQhneTbQk1sZFWUQ+SR/Dk2WCjOYgV9eApNNGIgiiaKunJq958jJ58AV/Ak2eP6sHXqLPZ3TQJ9KIgivNBOuw/s7MpGYbZO7+zbjUWG4RjGI
QRmxQZSdyl8lr5e9JSaW+lHWpK1zPfvNRtmf/NKu/f2/E8Hj2qoM5ZZsIaBPmP+J67ze1+XkeCJ60cl1xchZdxktej/81zKamLXFStRSVTKgRTximrw5tx
jw2FKkrWyX5rULlc13Qt2zgFOs3yqLzcT8lhfHQa9mO5l9e7OE/XtLQmJEZI7gaOf/Q77G51OzR7W4GjY21+Bd7veG+s9rvWhPih7JfKzyr+x4q/2iefrf
LanJAHQRAEQZDfQxoc9AAWzTkfLOL3pmYatEC5Z9GsswISc8hNGiQgGey97TyAZL7S8xk5KlcvZiZZzS9obRgXooHQF2AiteWATQujhBqo6/C40+NL38Za
d5MWJvJiHOcs7J9cx+M/8tLEj4kgCIIgCIIgCIIgf41PofRdew==
"""
with h5py.File(io.BytesIO(zlib.decompress(base64.b64decode(NATIVE)))) as file:
    assert file["squares"][:].tolist() == [number**2 for number in range(12)], file["squares"][:]
    assert file.attrs["by"] == "native"
assert h5py.version.hdf5_version_tuple == (1, 14, 5), h5py.version.info
print(f"h5py: with HDF5 {h5py.version.hdf5_version}")
