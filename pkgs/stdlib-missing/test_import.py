"""The modules are not in the stock runtime, and work once they are found."""

import importlib
import importlib.util
import io
import struct
import tempfile
from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

missing = [name for name in ("zoneinfo._zoneinfo", "dbm") if importlib.util.find_spec(name) is None]
assert missing == ["zoneinfo._zoneinfo", "dbm"], f"the runtime has more than {missing}: leave those out here"

importlib.import_module("stdlib_missing")
PythonZoneInfo = importlib.import_module("zoneinfo._zoneinfo").ZoneInfo
dbm, shelve = (importlib.import_module(name) for name in ("dbm", "shelve"))

# A file of the zone of Berlin by its rule alone, as RFC 9636 has it: two headers, and the rule in the footer.
HEADER = b"TZif2" + b"\0" * 15 + struct.pack(">6l", 0, 0, 0, 0, 1, 4)
ZONE = 2 * (HEADER + struct.pack(">lbb", 3600, 0, 0) + b"CET\0") + b"\nCET-1CEST,M3.5.0,M10.5.0/3\n"

in_python = PythonZoneInfo.from_file(io.BytesIO(ZONE))
in_c = ZoneInfo.from_file(io.BytesIO(ZONE))
assert PythonZoneInfo is not ZoneInfo
days = [datetime(2026, 1, 1, 12, tzinfo=UTC) + timedelta(days=day) for day in range(365)]
offsets = [day.replace(tzinfo=in_python).utcoffset() for day in days]
assert offsets == [day.replace(tzinfo=in_c).utcoffset() for day in days]
assert [offsets.count(timedelta(hours=hours)) for hours in (1, 2)] == [155, 210]
# What pandas asks for, and no other class has.
assert [datetime.fromtimestamp(moment, UTC).month for moment in in_python._tz_after.transitions(2026)] == [3, 10]

with tempfile.TemporaryDirectory() as folder:
    file = str(Path(folder) / "kept")
    with shelve.open(file) as kept:
        kept["a"] = [1, 2]
    assert dbm.whichdb(file)
    with shelve.open(file) as kept:
        assert kept["a"] == [1, 2]
print("stdlib-missing: time zones in Python are those in C; a shelf keeps what is put there")
