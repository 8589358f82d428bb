"""The tracer in C counts the lines and branches that ran, as native."""

import tempfile
from pathlib import Path

import coverage
from coverage import tracer

assert tracer.CTracer
SOURCE = """def f(x):
    if x > 1:
        return "large"
    for i in range(x):
        print(i)
    return "small"
f(0)
"""
with tempfile.TemporaryDirectory() as folder:
    path = Path(folder) / "measured.py"
    path.write_text(SOURCE)
    measure = coverage.Coverage(data_file=None, branch=True, config_file=False, include=[str(path)])
    measure.set_option("run:core", "ctrace")
    measure.start()
    exec(compile(SOURCE, str(path), "exec"), {})
    measure.stop()
    assert measure.sys_info() is not None
    (name,) = measure.get_data().measured_files()
    assert sorted(measure.get_data().lines(name)) == [1, 2, 4, 6, 7]
    (_, statements, excluded, missing, text) = measure.analysis2(str(path))
    assert (statements, excluded, missing, text) == ([1, 2, 3, 4, 5, 6, 7], [], [3, 5], "3, 5")
    assert sorted(measure.get_data().arcs(name)) == [(-1, 1), (-1, 2), (1, 7), (2, 4), (4, 6), (6, -1), (7, -1)]
    core = dict(measure.sys_info())["core"]
    assert core == "CTracer", core
print("coverage: lines and branches by the tracer in C")
