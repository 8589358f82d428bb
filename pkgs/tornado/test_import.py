"""Masks in C as in Python; templates, routes and requests, without sockets, which are not to be had here."""

from tornado import escape, httputil, routing, speedups, template, util

assert util._websocket_mask is speedups.websocket_mask
for length in (0, 1, 3, 4, 7, 8, 9, 1000):
    data = bytes(i * 7 % 256 for i in range(length))
    ours = speedups.websocket_mask(b"\x01\x80\xff\x33", data)
    assert ours == util._websocket_mask_python(b"\x01\x80\xff\x33", data), length
page = template.Template("{% for x in xs %}<b>{{ x }}</b>{% end %}{% raw xs[0] %}")
assert page.generate(xs=["a<", "b"]) == b"<b>a&lt;</b><b>b</b>a<"
assert escape.url_unescape("a%20b+c") == "a b c"
assert escape.json_decode(b'{"a": [1]}') == {"a": [1]}
headers = httputil.HTTPHeaders.parse("A: b\r\nA: c\r\nContent-Type: text/html\r\n")
assert (headers["a"], headers.get_list("A")) == ("b,c", ["b", "c"])
start = httputil.parse_request_start_line("GET /a?b=1 HTTP/1.1")
assert (start.method, start.path) == ("GET", "/a?b=1")
match = routing.PathMatches(r"/item/(\d+)")
assert match.reverse(7) == "/item/7"
try:
    template.Template("{% for %}")
except template.ParseError:
    pass
else:
    raise AssertionError
print("tornado: masks, templates, requests")
