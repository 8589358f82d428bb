"""All words are found in one pass, the longest ones too; automata survive being written and read."""

import pickle

import ahocorasick

words = {"he": 1, "she": 2, "hers": 3, "his": 4, "ünï": 5}
automaton = ahocorasick.Automaton()
for word, value in words.items():
    assert automaton.add_word(word, (value, word))
assert automaton.get("she") == (2, "she")
assert (len(automaton), automaton.longest_prefix("herself")) == (5, 4)
assert sorted(automaton.keys("he")) == ["he", "hers"]
automaton.make_automaton()
text = "ushers ünï his"
found = [(end, word) for end, (_, word) in automaton.iter(text)]
assert found == [(3, "she"), (3, "he"), (5, "hers"), (9, "ünï"), (13, "his")], found
longest = [(end, word) for end, (_, word) in automaton.iter_long("hershe")]
assert longest == [(3, "hers"), (5, "he")], longest
again = pickle.loads(pickle.dumps(automaton))
assert list(again.iter(text)) == list(automaton.iter(text))
numbers = ahocorasick.Automaton(ahocorasick.STORE_INTS)
for i in range(3000):
    numbers.add_word(f"<{i}>", i)
numbers.make_automaton()
assert sum(value for _, value in numbers.iter("".join(f"<{i}>" for i in range(0, 6000, 2)))) == 2248500
try:
    ahocorasick.Automaton().iter("a")
except AttributeError:
    pass
else:
    raise AssertionError
print("pyahocorasick: finds the words")
