"""The page at the top of a distribution: what it is, what is in it, and lines to copy."""

from __future__ import annotations

from html import escape
from string import Template
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from wasmwright.outputs.documents import Environment, EnvironmentWheel

# The script puts the folder's own address in place of one that stands for it.
_PAGE = Template("""\
<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8"><meta name="viewport" content="width=device-width">
<link rel="icon" href="data:,">
<title>Python packages for WebAssembly</title>
<style>
body { font: 16px/1.5 system-ui, sans-serif; margin: 2rem auto; max-width: 60rem; padding: 0 1rem }
pre { background: #f4f4f4; overflow-x: auto; padding: .75rem }
td, th { padding: .1rem 1rem .1rem 0; text-align: left; vertical-align: top }
</style>
</head>
<body>
<h1>Python packages for WebAssembly</h1>
<p>The Pyodide runtime, and wheels for $platform, Python $python.
For programs: <a href="pyodide-lock.json">pyodide-lock.json</a>, <a href="simple/">a simple index</a>,
<a href="pylock.toml">pylock.toml</a>, <a href="wasmwright-output.json">all files with their hashes</a>.</p>
<h2>On a page</h2>
<pre><code>import { loadPyodide } from "https://your.site/pyodide/pyodide.mjs";
const pyodide = await loadPyodide({ indexURL: "https://your.site/pyodide/" });
await pyodide.loadPackage("$example");</code></pre>
<h2>With the same version of the runtime from elsewhere</h2>
<pre><code>const pyodide = await loadPyodide({ lockFileURL: "https://your.site/pyodide-lock.json" });</code></pre>
<h2>In Python, in the runtime</h2>
<pre><code>import micropip
await micropip.install("$example", index_urls="https://your.site/simple")</code></pre>
<h2>With pip, for the wheels</h2>
<pre><code>pip download --only-binary=:all: --platform $platform --python-version $python \\
  --index-url https://your.site/simple/ $example</code></pre>
<h2>Packages</h2>
<table>
<tr><th>package</th><th>version</th><th>size</th><th>licence</th><th></th></tr>
$rows
</table>
<script>
const here = new URL(".", location).href;
for (const code of document.querySelectorAll("code")) {
  code.textContent = code.textContent.replaceAll("https://your.site/", here);
}
</script>
</body>
</html>
""")
_ROW = Template(
    '<tr><td><a href="wheels/$file">$name</a></td>'
    "<td>$version</td><td>$size</td><td>$license</td><td>$summary</td></tr>"
)


def page(environment: Environment, wheels: Iterable[EnvironmentWheel], *, example: str) -> str:
    """The page; `example` is the package in the lines to copy."""
    return _PAGE.substitute(
        platform=escape(environment.platform),
        python=escape(environment.python),
        example=escape(example),
        rows="\n".join(map(_row, wheels)),
    )


def _row(wheel: EnvironmentWheel) -> str:
    texts = {
        "file": wheel.file,
        "name": wheel.name,
        "version": wheel.version,
        "size": f"{wheel.size / 1000:,.0f} kB",
        "license": wheel.license or "",
        "summary": wheel.summary or "",
    }
    return _ROW.substitute({key: escape(text) for key, text in texts.items()})
