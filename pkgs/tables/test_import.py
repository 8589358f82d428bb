"""Tables searched and indexed, arrays in all compressions, links, undo; and a file of the native package."""

import base64
import pathlib
import zlib

import numpy as np
import tables as tb

COMPRESSIONS = ["zlib", "bzip2", "blosc:blosclz", "blosc:lz4", "blosc:lz4hc", "blosc:zlib", "blosc:zstd"]
COMPRESSIONS += ["blosc2:blosclz", "blosc2:lz4", "blosc2:lz4hc", "blosc2:zlib", "blosc2:zstd"]


PARTICLE = {
    "name": tb.StringCol(8, pos=1),
    "energy": tb.Float64Col(pos=2),
    "hits": tb.Int32Col(pos=3),
    "place": tb.Float32Col(shape=(2,), pos=4),
    "made": {"year": tb.Int16Col(), "at": tb.Time64Col()},
}

rng = np.random.default_rng(11)
count = 20000
energy, hits = rng.normal(10, 3, count), rng.integers(0, 500, count)
data = rng.integers(0, 1000, (300, 70)).cumsum(axis=0)

with tb.open_file("there.h5", "w", title="all kinds") as file:
    table = file.create_table("/runs/first", "particles", PARTICLE, createparents=True, filters=tb.Filters(5, "blosc2"))
    rows = np.zeros(count, dtype=table.dtype)
    rows["energy"], rows["hits"] = energy, hits
    rows["name"] = np.char.mod("p%d", np.arange(count) % 700).astype("S8")
    rows["place"] = np.stack([energy, -energy], axis=1)
    rows["made"]["year"] = 1950 + np.arange(count) % 70
    table.append(rows)
    row = table.row
    row["name"], row["energy"], row["hits"], row["made/year"] = b"last", 99.5, 501, 1999
    row.append()
    table.flush()
    assert table.cols.hits.create_csindex() == count + 1
    assert table.cols.name.create_index(optlevel=6, kind="medium") == count + 1
    for at, compression in enumerate(COMPRESSIONS):
        filters = tb.Filters(6, compression, shuffle=at % 2 == 0, fletcher32=at % 3 == 0)
        array = file.create_carray("/", f"a{at}", obj=data, filters=filters, chunkshape=(50, 35))
        assert array.size_on_disk < data.nbytes, (compression, array.size_on_disk)
    growing = file.create_earray("/", "growing", tb.ComplexAtom(16), (0, 3), filters=tb.Filters(1, "blosc2:zstd"))
    for start in range(4):
        growing.append(np.arange(start, start + 6).reshape(2, 3) * 1j)
    ragged = file.create_vlarray("/", "ragged", tb.ObjectAtom())
    for value in ({"a": 1}, "β", [1.5, None]):
        ragged.append(value)
    file.create_array("/", "flag", np.array(5), "zero dimensions")
    file.root.flag.attrs.unit = "mm"
    file.create_soft_link("/", "soft", "/runs/first/particles")
    file.create_hard_link("/", "hard", "/growing")
    # Else they complain of the closed file when they go.
    del row, table

with tb.open_file("there.h5", "a") as file:
    table = file.root.soft()
    assert table.nrows == count + 1
    assert table.filters.complib == "blosc2", table.filters
    fast = table.get_where_list("hits == 77")
    assert table.will_query_use_indexing("hits == 77") == {"hits"}
    assert np.array_equal(np.sort(fast), np.flatnonzero(hits == 77)), len(fast)
    found = table.read_where("(hits > 490) & (energy < 9.5) | (hits == 501)")
    assert np.array_equal(np.sort(found["energy"])[:-1], np.sort(energy[(hits > 490) & (energy < 9.5)]))
    assert found["energy"].max() == 99.5
    assert [row.nrow for row in table.where('name == b"p699"')][:3] == [699, 1399, 2099]
    assert table.read_sorted("hits", start=0, stop=5)["hits"].tolist() == sorted(hits.tolist())[:5]
    assert table[-1]["name"] == b"last"
    assert table[7]["made"]["year"] == 1957
    assert np.array_equal(table.read(3, 900, 13, field="place")[:, 1], -energy[3:900:13].astype("f4"))
    for at, compression in enumerate(COMPRESSIONS):
        array = file.get_node(f"/a{at}")
        assert np.array_equal(array[:], data), compression
        assert array[7:290:13, 40].tolist() == data[7:290:13, 40].tolist(), compression
        assert array.filters.complib == compression, array.filters
    assert file.root.hard[:].sum() == 96j, file.root.hard[:]
    assert file.root.ragged[:] == [{"a": 1}, "β", [1.5, None]]
    assert file.root.flag.attrs.unit == "mm"
    a0, a1 = file.root.a0, file.root.a1
    assert tb.Expr("2 * a0 + a1").eval().sum() == 3 * data.sum()
    file.enable_undo()
    file.remove_node("/growing")
    assert "/growing" not in file
    file.undo()
    assert "/growing" in file
    table.remove_rows(0, 10000)
    assert table.nrows == count - 9999
    assert len(table.get_where_list("hits == 77")) == np.count_nonzero(hits[10000:] == 77)
    try:
        file.get_node("/none")
    except tb.NoSuchNodeError as error:
        assert "does not have a child named ``/none``" in str(error), error
    else:
        raise AssertionError
with tb.open_file("there.h5") as file:
    assert [node._v_name for node in file.walk_nodes("/runs")] == ["runs", "first", "particles"]
pathlib.Path("none.h5").write_bytes(b"no such file" * 100)
assert not tb.is_hdf5_file("none.h5")
try:
    tb.open_file("none.h5")
except tb.HDF5ExtError as error:
    assert "file signature not found" in str(error), error
else:
    raise AssertionError

# A table of the native package, compressed by Blosc2 in blocks of a row, and arrays by bzip2, Blosc and zlib.
NATIVE = """
eNrtXAkgVNv/v3dmMDMGYwxZsySRaDCvRduMZaJGdqXNkG2K7KHVFhIZS7YUooVS5CGttLxotVVanihEZU1Jif+9MyNLvXrv/97v//7//vPhOvec+Z5zzz
2f7znz+Z6Za4+RAU0IK40FYKDRAArAA+MxwkWz9cT86OsMbgpy00huehwxWs7Pfk2SW47ntq+A5OSbuOVWFoaGsPXIJIxeR5WPkyoAPPx/hJEh1QxOV3Hz
JG5aiZho5+PlZ+/t5AM4bGV6akN5BzcPnw1QutWN6QCM5rXH/FX1B9cV5frrZL/GcT0R9m941lgZW9EhBwbE8Jy2Eexf2E51nB0a0KdTLS25dnzj5s1SC1
Nrswn2aPaPjaGFpbHpCrY9cpy9liaJ2495XHtJtr2ZrRVVj25oaUcztTChWtn9UX1tTS1uPVHO/AQnzs9MYa7hpPFFAp5sewkEfG0A8Pbw8P0z/OHRADRK
nBnM4Wg0//06aPYZBRorNGdckZxbEITuGz4Buf2W3gG/LjCJXxy7j0MjIl/GmruMQK1xViQkAuHJzymytgbZ5mwQuFeG68QLYDdZrjA1AKHao+sYRfb7fR
/1K0+dH9wjN83Ef98OPXryg0EbXR8bZvzvnMfwOg9+Y53H/cF94ZdMzMMkcZjlgQceeOCBBx5+VoBcxQVyhd4scGIc+mf1NVsV/wV9ra059y/qfNIXOxxk
ucLCdKXlJA07Pk4evY+xekLs/tCMDekGdiS7FVQT+DLs66DG1RvV29+upzWhHv+4eqOaeyxeEGL3c/R6NGM6fbJOH9/fUXy7vtaE+t+637H6o+MvwOk3nW
pjavE1X5v93D0D2XkMu2wVOOoP3PoITgGRaz+Vm07OIyGFDX6jX1/HExROPIEYDXvg10HAx9XP2dnN6Yv+1gHhcuSX+BLDrjsmy8fiCiSawCnCcruD/lZc
8Yf+C0zkT59qYUG1/Y7/ApPjQ63v+y8w0X85uhzxlS4PRXx/fsrqc9IAxNjNfgsZhhPz2Ek8oXlLHQ888MADDzzwwMP/kfiMo8/N/uP6fOJ+Pzh+v5+jY9
kH3AYDw9Hl4Dg9PE6XZ8r9BLp85g90+RQjTkr7gS6nLuPpch544IEHHnjggQeeLv9v6PIf7JuD3HJHJ2c3e18ntj6fpMvnqf0EuvwS+H1eIuictAX8vi43
XMHT5TzwwAMPPPDAAw8/ky7/H/s+y4Tvx2MnfD8e3iefvF/Ox9G440T4F33eQP4J9PmtH+ybq5lx0s4f7Jv3W/D0OQ888MADDzzwwMPPgEPHHbSdve3dnY
BaKGd/j1OKwuUQAGtkHTsjMjJUxxXjDNgIVws/jVgLl9cAQA0AXmngPFEK8n1pNuEOINAIAE8hgQ3uxsEPpMJSloEcjQrGLGE5vBbJeSBXtXj2ZwYw4ocG
iJDqRyBRfPwCaAxWECckLIIXJYgRxSWmSEpJy8jKTZVXUFSapjxdZYaq2kz1WRqas0la2jrkX+bMnTdfd8HCRYuXUKh6+gaGtKVGxsuW001WmJqZW1haWd
usXGW7es3adevtGPYOGxydnF1cmRs3ublv9vD08vbx9dviHxC4ddv2HTt3BQWHhIbtDo+I3BO1NzpmXywrLj4hcX9Sckpq2oH0g4cyMrMOZ+ccOXrseG7e
iZP5p04XFJ4p+rW4pPRs2bnzFy5eulxeceXqteu/3aisunnr9p2796prauvq7z942PDo8ZOnvzc+a2p+/qKlte1le8er1286u7p7evve9r97P/Bh8OOnoc
/DI5CWr965dgogTXpIlAK+jM0O+F8LgACSAlbvzETSFycKjg5kzJiRHAogGMnJF7xmVCuEq4ZIHkY77MsKhZNIpUa8PgbKvXDH4sozI1zPamecnnUjzG34
XMgCv9dhDtHVJ5NflfnGditfj9YYPpC2xusVWg9XcfyYa9mcy7NnXU18M3w2fptfR7RSdE1O6auznqc9lCvS84dTo2S82gGELKfXQfVB2hYaY4zKYQADUZ
hRCCgIfBD4+fkFBATQaAwGg8ViBQVxOCEhYWERETxeVJRAEBMjEsUhuiG+paQhxiHKYc5h0mHW2bRzef8B8Vze2bTDrMOkw5xDlEOMb/GH+IboDg4J2x0R
GbU3Zh8rLiExKTk1Lf1gRubhnCPHcvNO5p8uPPNrSWnZ+YuXyq9cu36j6tbtu9W19fcfPnry+7Pm5y1t7a/edPX09b//8HFoGECg+NFYnDCeQJSQlJadqj
ht+gw1dQ2SNnnOvAWLllANaEbLTEzNLW1WrV4HBXSiMI+SyJTqMvU/RfNk8IHQGHIDMNWxqPsrJILQnOTnzMm7UH5aw1cmeqtd52tRbVUsbQdvxAwBgND4
QPLy8MDFz+dLPrmXvC8pPrElf0tesZ/fDhIYlamoRjR7LKbPJPfOiEcuoqfFmknq69fXHMupU0mV5g9Pc9c3QdLSmNk0fZU0acdqJDUrKxJnQiaTpVF6RC
EhoFoaAMgAN9gG+IO+9IfCn8Y8qj+NFkphZlNctYVwQa5kV6BSmwxUIvGVzKMUMBPgFzMR0naVApY5KHTtTkHOMt8xzBQUii5fnliijlau2rtVlRbqd03h
vmvxHoWsRJJUBMCw3R3VIgQWSmKBcJ0Qc8VqxUySviUi/HikjpO6yvzVB5dGhTthkzsCkkItWJmKOvPUdDXCN7Lk8k35jC6Kq+gcOxzpzod7a8xf/4BaYo
j0UdzkMC2gseK6akNxUDtxTeqA3lTF3p5wxWO7jq8+cj/3Pl0jdGXcHkNN1M3ihGUP7uT2Pw/PaStL77poWffqhOpN/tyZKcytpNVJBo4qzBkl92m/J3mR
YlKnl1lLdJjzyfQHXfxdWbx7bl6uGq1K5rL1XGTIJdHNXkqWTqbXX8w8nB1LsiqwbBA3N45cLGvdd2Tf2pDFJ9t8Nm06KBX20uej+HvJF4fvy6zqP3nOL4
dZf7olacZKWnyHhsuDe/jWI6fXP2oGzmkK14VtSZyudVa7sGPJky5/plHRxcruDxpD2qECUZFFCz0t3KdvZwmGdyT2DV7oorXemZ1d9+pW8qp6f//A1/FL
ZxQ5GCW7FJ+ZN0BeGnFx5Mr7j66+dkOei+nK80Peld7jV5OSp9Xk5hg7nP14w34pweVJ94ere43K4WWOLAh+8OT79HlYsyXKM0vxbazMhzEX1HsbgYXeXU
ZGhjvdBwbcO0c8NIdfF5/fOdI5/Kn03fnZ5909du3qbGsbKQAPyFhTc6wQ5HKgvgryHpUUFUAaSYkGgGoxUwqqnONMdLT0HlqQkBCYTakGqsnkr7yfP2qm
a3kKoEIHTDKBQ9mYBCQFzRAjA1A7mGwTEgC5HiBGYUS/UbgQhIrsfCEV0pO7zOBCs3WBlIhkxip06K41cr9XiKwe1IpUrk5JwZ1QPKN7ElVtkVjTZB/UUf
9C4l5o+TWvm3MMa4jG0grBw00nJesrK4/b2DTdtc+87ZWZr6GHUrATyj/VfHGWU5zrPg0nPWE3wtPIOOKCBYnHQq+YBVps1ersiZQMCZbPYF0uJ55KRJD0
ZIQ2PPWMC0jWq1TUy6zHm4bbPzU3JEy700vQVmyS69FLJUwzRRdT1WYynTG77kqm6DYdOmTSzf8gMeHYpmmYl6j2dfLPfVVWK81tpolhDRbeMKHvqctuEc
DpHTqU1aFaeUU3Ow9bzGCU2a6xs/u4kKolHkJODDkrN616h4Tix8pnGNf8LlzXqRhFg/hg1uzdbylG80/xDZrEU5r7FiIHPwtHpmLkj5dXiNOuXN2pcuX6
suvp8hVaMe/RS5/JkdpplLVSM5xvzrFtMAad26KscC4uBwLMstxcL0jlWh4PMWsQrb9/YEZ8nSiy/PYvxUNZjotQc7A6bh6bD6toNy5/JitLXmhSQff2lm
rwLnj7tp+vIEl3a3S1epixXfj60qnlLohQzZrpzxp3iYihwMRd9kN7b18yqF9/6ESLUGd39/zhkb1lSumqRoqBV3cDCFARDW8Lwgf8VVN4G3IvdIx4ASAK
g5dS1qKYOwaycq81A4oGTFZZiyjFK+cR3jisAqCGVeFtc3opcS3zWR0GWYD9NTXWoGMNpVA5Fb8HFQwEo/bgU5ULKTWOgyy1a/ZAlkEHa35LHKU3xxZfFU
YFKsKM8Y9yvCiiLWUspoEi0HwtlxXoaE7RUpbCY1BgEJBoxm5cHlrUZaCVnQCCAB4BAj0jvLfTSW+n8P8UkYeG6I08NEZiZiAMHLdshGjG3VD9e/nxnkKb
4Cn/Cfb/ivfBnsJuHH7W1s7e0Zm5yd3T29c/cPvO4NDwyL0xrPj9yWnpGVk5R3NPnCosKik7f6n86m+Vt+5W1z149KSxuaWt4013b//Ax88jCD60oLComI
SUrLzSdFV1TS3yXN1FFH2aMd3UwnrVmvX2ji4b3b18/bfuCAqNiIphJSSnHczMOZaXX/hr6blLFdegRmvvP3r67EVbR2dP/8CnYQQfBocXmyI9VXG66qzZ
OnN0F1MNjelmlivXrHdwZrp7+QVsDwqL2BubkJR26PDR3PzC4rKLUDO3q+sbnja1tL/p6f8wBKDQODxRUlZBWXUWiTxvIdSCibm1LdTAxs0+/tt2hUVGs/
anHsw6mneqqPR8+bWqOzUPHje+ePmm593gMEJAEE+UklNSUZ9NnreISltuamW7zsF5k6dvoDxMMeQx6vLQtFokjwQBkjw09GryfCCAMIMnF98/7UUBjzcw
HJuJLCstXzQ9N72gr1Kf3zD5NmZBBlqXqFmm1vTIm1VR2JpDaYmPFRbLWLUioOMMS7E3si0sQ22K3Jy828R2R6ajq2MHMSX3TE2zw817mLSlBCmJcxfSGY
OOh6/emB6HmLFGVkq4JAD7dK1Fu8IHx5dh9CmG4RFLbVYcp2N8SVZxxCZHe0dJvfc6mSANzUCAzgoMEGGjwNiwYYOLy8umppaWlufPn7e1NTe3tr548XIK
Hk8kEggSEqKi4uJiU5JZiYnx8UlxcfsTElaaWVlZ2JibW1uufFhdX/vgQc39urkkMll7jtYvOqUFv54pKSwu8vf09d7i5ecz0NPf97733VsRHFYYIyQYGx
21b0+MqRF9mbHJ8nu3b96tujVbdaammvrpk3mn8k94uG1kune3v+rqPEDy6ktk1rncTdPxHw4xXJ6kaVe28c7jdzJz3R+V7HjZdfGTsKyud/+HKshk3Vnf
1lfvDpR2N+760F5VNOV044VPPR23SuUvDw9tYDjYv2h63iyGJ4gmsOLjLK1srB/WP/iFpK1VVFBS7O/r9ban750ITnhvZJSTZHNQHKqchKVVqEryZTMaQK
BX/CEY8PhAT62Tov5z0TuYJZaaum5WqWrVVbWV1ZW1aiRLp+yr1xMzxMixytqzfAPnV/RVGUTELlfiW1EyT1vWrZd4tiynmtpTdReTqhmFE4k9mW6WSmhn
HFdSK6+6UlleeUVNIdehHZ9iMd++NS4CF6WZKrZlsaiv6lpvy/KiVoXQDbeMgyuny8upLC5MJ4W9iTWlG0Prp4bqTLXTJ3Ohdfh1e9dBEvNVv61P2+y1Z9
xaX/nJzPV4UrbtWfDVGyvSF/s39xVDA7Noe9+b1gMD8pe3j7wbWCKmLjA3I7MgJSf6QnxeeMmhrD1l+/NDiw4ci91l5mrgu9Zh2VabzfbGgdbu+j7bVnaH
QWN8Z12B42BesUyp27Pi7ibRzKzkU40XfEZ6i5I9lmwfHP4kL6Y+Izao4Gxi+uG88H2XClP3H8w+ccyU4hngu9ZitfNme6ahif7ybf4jLcyiNo3VJd6dv+
UvGEDEzPdpvhmzQOTQhYC3zbdil+BmyS5EKBG0sTOldflVJOZQxLYj9acF8zu2iievfFjq209P0fXpuuJ04oF746VP5XEJLrPXn/fr7n07V/7S8NCNa3c1
FJTUTuQczfdwsH/d3tYpT5A6kJi0zsyiykiKcXgO4yiCkYUqeM6Py2YQo0PMSdhwOQDQx01JmLgxcoS7MYK4lUMA9nM3RgAMg3sCPoGN0LVwEfvP9zZGRB
sBMMdBe7MjXGfTUwD8DUp/SQYQ8XWjH66NnkyNh22wtZNOgSfwZsx2m3l84P4vb0ZPwK83V5Sho2g0DGegTYSAesl/W9BwN3Z4cmUd/AG1AuuJXMPnkEDx
HktkQVA5XxL1wvmg+qDHFv9gXP8Hrtz5bVf+/O+78uc/cOX7Y668ThhwlP63Fde/LLL+vsL6rryCtdXfE1bsmQ4IAg3BdkE7QAIyaBmyf9gTQwBZUcBaMw
RpiQQFlcOfGIf4B539vwBRV940
"""
pathlib.Path("native.h5").write_bytes(zlib.decompress(base64.b64decode(NATIVE)))
with tb.open_file("native.h5") as file:
    assert file.root.squares.read_where("root > 297")["square"].tolist() == [298**2, 299**2]
    for name in ("bzip2", "blosc", "zlib", "blosc2"):
        assert np.array_equal(file.get_node("/", name)[:], np.arange(600).reshape(20, 30) ** 2), name
assert tb.hdf5_version == "1.14.5", tb.hdf5_version
versions = {name: tb.which_lib_version(name)[1] for name in ("blosc", "blosc2", "bzip2")}
assert versions["blosc2"] == "2.17.1", versions
assert tb.which_lib_version("lzo") is None
print(f"tables: with HDF5 {tb.hdf5_version}, blosc2 {versions['blosc2']}")
