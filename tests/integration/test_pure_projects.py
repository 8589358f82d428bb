"""What is written in Python alone needs no recipe: an environment of much of it, from the index, in the runtime."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
from command_line import wasmwright

from wasmwright.cli.session import open_checkout
from wasmwright.process import run

if TYPE_CHECKING:
    from pathlib import Path

    from wasmwright.nix import Nix

pytestmark = pytest.mark.long
# What is asked for, and what shows that it works: an expression that is true, after `import` of the project.
PROJECTS = {
    "altair": "altair.Chart({'values': [{'x': 1}]}).mark_bar().encode(x='x:Q').to_dict()['mark']['type'] == 'bar'",
    "bokeh": "'shown' in bokeh.embed.file_html(bokeh.plotting.figure(title='shown'), bokeh.resources.CDN)",
    "imageio": "imageio.v3.imread(imageio.v3.imwrite('<bytes>', eye, extension='.png')).tolist() == eye.tolist()",
    "ipython": "IPython.core.interactiveshell.InteractiveShell().run_cell('6 * 7').result == 42",
    "ipywidgets": "ipywidgets.IntSlider(value=7).value == 7",
    "jedi": "jedi.Script('import json; json.du').complete(1, 20)[0].name == 'dump'",
    "joblib": "joblib.Parallel(n_jobs=1)(joblib.delayed(abs)(at) for at in (-2, 1)) == [2, 1]",
    "networkx": "networkx.shortest_path(networkx.cycle_graph(6), 0, 4) == [0, 5, 4]",
    "patsy": "patsy.dmatrix('x', {'x': [1.0, 2.0]}).tolist() == [[1, 1], [1, 2]]",
    "plotly": "plotly.graph_objects.Figure(plotly.graph_objects.Bar(y=[2, 1])).to_dict()['data'][0]['type'] == 'bar'",
    "seaborn": "float(seaborn.histplot(x=[1, 2, 2, 3], bins=3).patches[1].get_height()) == 2",
    "sympy": "sympy.integrate(sympy.Symbol('x') ** 2).diff() == sympy.Symbol('x') ** 2",
    "threadpoolctl": "[one['internal_api'] for one in threadpoolctl.threadpool_info()] == ['openblas']",
    "xarray": "float(xarray.DataArray([[1.0, 2.0]], dims=['x', 'y']).sum('y')[0]) == 3",
}
# What stands for `import` of the project, where it is called otherwise or its modules are.
IMPORTS = {
    "bokeh": "import bokeh.embed, bokeh.plotting, bokeh.resources",
    "imageio": "import imageio.v3, numpy; eye = numpy.eye(3, dtype='u1')",
    "ipython": "import IPython.core.interactiveshell",
    "plotly": "import plotly.graph_objects",
    # Which loads what it has to find.
    "threadpoolctl": "import numpy, threadpoolctl",
}


@pytest.fixture(scope="module")
def dist(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A distribution of all of them, as users make one."""
    folder = tmp_path_factory.mktemp("pure")
    asked = [word for project in PROJECTS for word in ("--package", project)]
    for command in (("env", "lock", *asked), ("dist", "--out", folder / "site", folder / "pylock.toml")):
        done = wasmwright(*command, cwd=folder)
        assert done.returncode == 0, done.stderr
    return folder / "site"


def test_all_are_had_together_and_work(nix: Nix, dist: Path):
    code = {project: f"{IMPORTS.get(project, f'import {project}')}\n{does}" for project, does in PROJECTS.items()}
    script = f"""
        const {{ loadPyodide }} = await import("file://{dist}/pyodide/pyodide.mjs");
        const pyodide = await loadPyodide({{ indexURL: "{dist}/pyodide/", lockFileURL: "{dist}/pyodide-lock.json" }});
        await pyodide.loadPackage({json.dumps(list(PROJECTS))}, {{ messageCallback: () => {{}} }});
        for (const [project, code] of Object.entries({json.dumps(code)})) {{
          let found;
          try {{ found = String(pyodide.runPython(code)); }} catch (error) {{ found = String(error); }}
          console.log("found " + JSON.stringify([project, found]));
        }}
    """
    (node,) = nix.build([open_checkout().output("node")])
    done = run(
        [node.out / "bin/node", "--input-type=module", "--eval", script], env={"PATH": ""}, cwd=dist, check=False
    )
    assert done.returncode == 0, done.stderr[-2000:]
    lines = [line.removeprefix("found ") for line in done.stdout.splitlines() if line.startswith("found ")]
    assert dict(map(json.loads, lines)) == dict.fromkeys(PROJECTS, "true")
