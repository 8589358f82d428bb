"""Requests, answers in chunks, addresses and mistakes, cut into pieces at every place."""

import httptools


class Seen:
    """What the parser tells, in the order it does."""

    def __init__(self):
        self.url, self.headers, self.body, self.ends = b"", [], b"", 0

    def on_url(self, url):
        self.url += url

    def on_header(self, name, value):
        self.headers.append((name, value))

    def on_body(self, body):
        self.body += body

    def on_message_complete(self):
        self.ends += 1


request = b"POST /a%20b?c=1 HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\n\r\nhello"
for cut in range(1, len(request)):
    seen = Seen()
    parser = httptools.HttpRequestParser(seen)
    parser.feed_data(request[:cut])
    parser.feed_data(request[cut:])
    assert (seen.url, seen.body, seen.ends) == (b"/a%20b?c=1", b"hello", 1), cut
    assert seen.headers == [(b"Host", b"x"), (b"Content-Length", b"5")], cut
assert (parser.get_method(), parser.get_http_version(), parser.should_keep_alive()) == (b"POST", "1.1", True)
seen = Seen()
answer = httptools.HttpResponseParser(seen)
answer.feed_data(b"HTTP/1.1 404 No\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n6\r\n world\r\n0\r\n\r\n")
assert (answer.get_status_code(), seen.body, seen.ends) == (404, b"hello world", 1)
url = httptools.parse_url(b"https://me:pw@example.org:8443/p/q?r=1#s")
assert (url.schema, url.host, url.port, url.path) == (b"https", b"example.org", 8443, b"/p/q")
assert (url.query, url.fragment, url.userinfo) == (b"r=1", b"s", b"me:pw")
for broken, error in (
    (b"GET / HTTP/9.9\r\n\r\n", httptools.HttpParserError),
    (b"GET / HTTP/1.1\r\nA B: c\r\n\r\n", httptools.HttpParserError),
    (b"BREW / HTTP/1.1\r\n\r\n", httptools.HttpParserInvalidMethodError),
):
    try:
        httptools.HttpRequestParser(Seen()).feed_data(broken)
    except error:
        pass
    else:
        raise AssertionError(broken)
print("httptools: parses what is whole, refuses what is not")
