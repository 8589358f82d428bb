"""Markdown as native: tables and other things of GitHub's, and what is left out for safety."""

import cmarkgfm
from cmarkgfm import cmark

text = "# A *b*\n\n| x | y |\n|---|:-:|\n| 1 | ~~2~~ |\n\n<script>alert(1)</script>\n\nwww.example.org\n"
assert cmarkgfm.markdown_to_html("a **b**\n") == "<p>a <strong>b</strong></p>\n"
assert cmarkgfm.github_flavored_markdown_to_html(text) == (
    '<h1>A <em>b</em></h1>\n<table>\n<thead>\n<tr>\n<th>x</th>\n<th align="center">y</th>\n</tr>\n</thead>\n<tbody>\n'
    '<tr>\n<td>1</td>\n<td align="center"><del>2</del></td>\n</tr>\n</tbody>\n</table>\n<!-- raw HTML omitted -->\n'
    '<p><a href="http://www.example.org">www.example.org</a></p>\n'
)
unsafe = cmarkgfm.github_flavored_markdown_to_html(text, options=cmark.Options.CMARK_OPT_UNSAFE)
assert "\n&lt;script>alert(1)&lt;/script>\n" in unsafe
assert cmarkgfm.markdown_to_html('"a" -- b', options=cmark.Options.CMARK_OPT_SMART) == "<p>“a” – b</p>\n"
print(f"cmarkgfm: cmark {cmark.CMARK_VERSION}")
