"""The compiled quoting is the one that is used; names of hosts go through `idna`, a pure wheel of the index."""

from yarl import URL, _quoting, _quoting_c

assert _quoting._Quoter is _quoting_c._Quoter
url = URL("http://пример.рф:8080/ü b?x=1&x=2#f")
assert url.raw_host == "xn--e1afmkfd.xn--p1ai"
assert url.raw_path == "/%C3%BC%20b"
assert url.query.getall("x") == ["1", "2"]
assert url.port == 8080
assert str(URL("http://h/a") / "b c" % {"q": "d e"}) == "http://h/a/b%20c?q=d+e"
print("yarl: quoted, and the host in ASCII")
