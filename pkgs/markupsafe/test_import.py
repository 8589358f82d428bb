"""MarkupSafe's build falls back to pure Python without a word; so ask the extension module itself."""

import markupsafe
from markupsafe import _speedups

assert markupsafe._escape_inner is _speedups._escape_inner
assert markupsafe.escape("<a href='x'>&\"</a>") == "&lt;a href=&#39;x&#39;&gt;&amp;&#34;&lt;/a&gt;"
assert markupsafe.Markup("<b>%s</b>") % "<i>" == "<b>&lt;i&gt;</b>"
# One text for each width that the C code knows: 1, 2 and 4 bytes a character.
for text in ("<é>", "<ł>", "<\U0001f600>"):
    assert markupsafe.escape(text) == f"&lt;{text[1:-1]}&gt;"

print("markupsafe: the compiled module escapes as it should")
