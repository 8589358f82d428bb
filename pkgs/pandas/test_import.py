"""Reads, groups, merges, resamples and converts; values of the native package."""

import io
import warnings

import numpy as np
import pandas as pd

TEXT = "k,v,t\na,1.5,2024-02-28\nb,2,2024-02-29\na,3,2024-03-01\n"
frame = pd.read_csv(io.StringIO(TEXT), parse_dates=["t"])
assert [str(kind) for kind in frame.dtypes] == ["str", "float64", "datetime64[us]"], frame.dtypes
assert frame.groupby("k")["v"].sum().to_dict() == {"a": 4.5, "b": 2.0}
assert (frame["t"].max() - frame["t"].min()).days == 2
assert frame.set_index("t")["v"].resample("MS").sum().tolist() == [3.5, 3.0]
merged = frame.merge(pd.DataFrame({"k": ["a", "b"], "w": [10, 20]}), on="k")
assert merged["w"].tolist() == [10, 20, 10]
assert frame["v"].rolling(2).mean().tolist()[1:] == [1.75, 2.5]
assert pd.read_csv(io.StringIO(TEXT), engine="python").equals(pd.read_csv(io.StringIO(TEXT)))
assert pd.read_json(io.StringIO(frame[["k", "v"]].to_json(orient="records")))["v"].tolist() == [1.5, 2, 3]

# Zones need tzdata and the class in Python. In March an hour is left out, and one is there twice in October.
moment = pd.Timestamp("2024-03-31 01:30", tz="UTC")
assert moment.tz_convert("Europe/Berlin").isoformat() == "2024-03-31T03:30:00+02:00"
hours = pd.date_range("2024-10-26 22:00", periods=4, freq="h", tz="UTC").tz_convert("Europe/Berlin")
assert [hour.hour for hour in hours] == [0, 1, 2, 2]
late = pd.date_range("2050-01-01", "2050-12-31", tz="America/New_York")
assert sum(day.utcoffset() == pd.Timedelta(hours=-4) for day in late) == 238, [day.utcoffset() for day in late]

assert pd.Series(["x", None, "y"]).isna().tolist() == [False, True, False]
assert np.isclose(pd.Series([1, 2, 3, 4]).std(), 1.2909944487358056, rtol=1e-15)
assert pd.Series([2**40, 1]).sum() == 2**40 + 1
assert pd.Index([2**40, 3]).get_indexer([3, 2**40, 5]).tolist() == [1, 0, -1]
generator = np.random.default_rng(20)
table = pd.DataFrame(generator.normal(size=(500, 3)), columns=list("xyz"))
table["k"] = generator.integers(0, 4, 500)
found = table.groupby("k")[["x", "y"]].agg(["mean", "var"]).to_numpy().sum(), table[["x", "y"]].corr().iloc[0, 1]
assert np.allclose(found, [7.566479535355422, 0.0089813582771361], rtol=1e-12), found
weighed = table["x"].ewm(span=7).mean().iloc[-1], table["y"].rolling(30).skew().iloc[-1], table["z"].quantile(0.37)
assert np.allclose(weighed, [-0.4988438671317066, -0.12308744646368613, -0.3903424399342908], rtol=1e-9), weighed
with warnings.catch_warnings():
    warnings.simplefilter("error")
    assert pd.to_datetime(["31.12.2024"], dayfirst=True)[0].day_of_year == 366
assert pd.util.hash_array(np.array([1, 2])).tolist() == [6238072747940578789, 15839785061582574730]
assert pd.cut([1, 5, 9], 2).codes.tolist() == [0, 0, 1]
print("pandas: reads, groups, merges, resamples, and has the zones")
