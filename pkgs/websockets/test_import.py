"""Masks in C as in Python, and a client and a server that talk through memory: there are no sockets here."""

import websockets
from websockets import frames, speedups, utils
from websockets.client import ClientProtocol
from websockets.extensions import permessage_deflate
from websockets.server import ServerProtocol
from websockets.uri import parse_uri

assert frames.apply_mask is speedups.apply_mask
for length in (0, 1, 3, 4, 7, 8, 15, 16, 17, 1000):
    data = bytes(i * 7 % 256 for i in range(length))
    assert speedups.apply_mask(data, b"\x01\x80\xff\x33") == utils.apply_mask(data, b"\x01\x80\xff\x33"), length
client = ClientProtocol(
    parse_uri("ws://example.org/chat"), extensions=[permessage_deflate.ClientPerMessageDeflateFactory()]
)
server = ServerProtocol(extensions=[permessage_deflate.ServerPerMessageDeflateFactory()])


def pump(source, target):
    """Gives what one side wants to send to the other."""
    for data in source.data_to_send():
        target.receive_data(data)


client.send_request(client.connect())
pump(client, server)
(request,) = server.events_received()
assert (request.path, request.headers["Host"]) == ("/chat", "example.org")
server.send_response(server.accept(request))
pump(server, client)
client.events_received()
assert (client.state.name, server.state.name) == ("OPEN", "OPEN")
client.send_text("grüße ".encode() * 100)
pump(client, server)
(frame,) = server.events_received()
assert (frame.opcode, frame.data) == (frames.Opcode.TEXT, "grüße ".encode() * 100)
server.receive_data(b"\x81\x01a")
assert (server.parser_exc is None, client.close_code) == (False, None)
print(f"websockets {websockets.__version__}: masks and messages")
