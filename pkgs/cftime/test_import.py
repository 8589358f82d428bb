"""Dates and distances of several calendars; values of the native package."""

import cftime
import numpy as np

for calendar, expected in (
    ("standard", "2191-04-28T12:00:00"),
    ("noleap", "2192-10-13T12:00:00"),
    ("360_day", "2223-03-21T12:00:00"),
    ("julian", "2191-04-14T12:00:00"),
):
    day = cftime.num2date(800_000.5, "days since 0001-01-01 00:00:00", calendar=calendar)
    assert day.isoformat() == expected, (calendar, day.isoformat())
    assert cftime.date2num(day, "days since 0001-01-01", calendar=calendar) == 800_000.5
dates = cftime.num2date(np.array([0, 36, 1e5]), "hours since 2024-02-28 12:00", calendar="gregorian")
assert [date.strftime("%Y-%m-%d %H") for date in dates] == ["2024-02-28 12", "2024-03-01 00", "2035-07-27 04"], [
    date.strftime("%Y-%m-%d %H") for date in dates
]
assert (cftime.DatetimeNoLeap(2024, 3, 1) - cftime.DatetimeNoLeap(2024, 2, 28)).days == 1
assert cftime.datetime(1582, 10, 4, calendar="standard").toordinal() == 2299160
assert (cftime.datetime(1582, 10, 4) + (cftime.datetime(2000, 1, 2) - cftime.datetime(2000, 1, 1))).day == 15
try:
    cftime.datetime(2023, 2, 30, calendar="standard")
except ValueError:
    pass
else:
    raise AssertionError
print("cftime: four calendars")
