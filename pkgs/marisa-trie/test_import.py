"""Keys have the numbers that the native package gives them, and tries are written and read."""

import marisa_trie

words = ["key1", "key2", "key12", "ключ", "", "k" * 300]
trie = marisa_trie.Trie(words)
assert sorted(trie) == sorted(words)
assert {word: trie[word] for word in words} == {"key1": 3, "key2": 4, "key12": 5, "ключ": 1, "": 0, "k" * 300: 2}
assert trie.prefixes("key12") == ["", "key1", "key12"]
assert sorted(trie.keys("key1")) == ["key1", "key12"]
assert trie.restore_key(trie["ключ"]) == "ключ"
assert "key3" not in trie
assert marisa_trie.Trie().frombytes(trie.tobytes()) == trie
records = marisa_trie.RecordTrie("<H?", [("a", (1, True)), ("a", (65535, False)), ("b", (2, True))])
assert sorted(records["a"]) == [(1, True), (65535, False)]
many = marisa_trie.BytesTrie((f"{i:05}", b"%d" % (i * i)) for i in range(5000))
assert many["04321"] == [b"18671041"]
assert len(many.keys("0432")) == 10
try:
    marisa_trie.Trie().frombytes(b"We love Marisa." + bytes(10))
except RuntimeError:
    pass
else:
    raise AssertionError
print("marisa-trie: as native")
