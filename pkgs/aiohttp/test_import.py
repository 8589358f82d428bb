"""The compiled parsers are the ones that are used; requests, answers in chunks, mistakes. There are no sockets here."""

import asyncio

from aiohttp import _http_parser, _http_writer, http_exceptions, http_parser, http_writer, streams
from aiohttp._websocket import mask

assert http_parser.HttpRequestParser is _http_parser.HttpRequestParser
assert http_writer._serialize_headers is _http_writer._serialize_headers


class Protocol:
    """What parsers of bodies tell that they have enough."""

    _reading_paused = False

    def pause_reading(self):
        pass

    def resume_reading(self, **_):
        pass


def finished(coroutine):
    """What a coroutine returns that has nothing to wait for."""
    try:
        coroutine.send(None)
    except StopIteration as stop:
        return stop.value
    raise AssertionError


loop = asyncio.new_event_loop()
request = http_parser.HttpRequestParser(Protocol(), loop, 2**16)
messages, upgraded, rest = request.feed_data(b"GET /a?b=1 HTTP/1.1\r\nHost: x\r\nX-Y: \xc3\xbc\r\n\r\n")
(message, body) = messages[0]
assert (message.method, message.url.query["b"], message.headers["host"]) == ("GET", "1", "x")
assert message.headers["x-y"] == "ü"
assert (upgraded, rest, body) == (False, b"", streams.EMPTY_PAYLOAD)
answer = http_parser.HttpResponseParser(Protocol(), loop, 2**16)
messages, _, _ = answer.feed_data(
    b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n6\r\n world\r\n0\r\n\r\n"
)
(message, body) = messages[0]
assert (message.code, message.chunked) == (200, True)
assert finished(body.read()) == b"hello world"
try:
    http_parser.HttpRequestParser(Protocol(), loop, 2**16).feed_data(b"GET / HTTP/1.1\r\nA B: c\r\n\r\n")
except http_exceptions.BadHttpMessage:
    pass
else:
    raise AssertionError
masked = bytearray(b"hello world")
mask._websocket_mask_cython(b"\x01\x02\x03\x04", masked)
assert masked == bytes(byte ^ (1, 2, 3, 4)[i % 4] for i, byte in enumerate(b"hello world"))
print("aiohttp: the compiled parsers parse")
