"""A style sheet goes into the elements, the more special rule first; the result is the native package's."""

import css_inline

html = (
    "<html><head><style>p { color: red } p.b { color: blue; margin: 0 }</style></head>"
    "<body><p>x</p><p class='b'>y</p></body></html>"
)
assert css_inline.inline(html) == (
    '<html><head></head><body><p style="color: red;">x</p>'
    '<p class="b" style="color: blue;margin: 0;">y</p></body></html>'
), css_inline.inline(html)
assert css_inline.inline_fragment("<i>a</i>", "i { top: 1px }") == '<i style="top: 1px;">a</i>'
print("css-inline: inlines")
