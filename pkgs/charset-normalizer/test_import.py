"""The compiled modules are the ones that are used; encodings of texts in several languages as native."""

import charset_normalizer
from charset_normalizer import cd, from_bytes, md

for module in (cd, md):
    assert module.__file__.endswith(".so"), module
TEXTS = {
    "cp1251": "Все счастливые семьи похожи друг на друга, каждая несчастливая семья несчастлива по-своему. " * 3,
    "utf_8": "Es irrt der Mensch, solang er strebt: Gärten, Füße, Übermut und größere Höhen. " * 3,
    "big5": "我能吞下玻璃而不傷身體。人人生而自由,在尊嚴和權利上一律平等。" * 4,
    "utf_16": "Ein Text mit ß und ü, " * 5,
}
found = {}
for encoding, text in TEXTS.items():
    best = from_bytes(text.encode(encoding)).best()
    found[encoding] = (best.encoding, str(best) == text)
assert found == {encoding: (encoding, True) for encoding in TEXTS}, found
assert from_bytes(b"").best().encoding == "utf_8"
assert not charset_normalizer.is_binary(b"text")
assert charset_normalizer.is_binary(bytes(range(256)) * 10)
assert charset_normalizer.detect("Gärten und Füße".encode())["encoding"] == "utf-8"
print(f"charset-normalizer {charset_normalizer.__version__}: as native")
