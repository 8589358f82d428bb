"""The compiled wrappers are the ones that are used; decorators see the instance, proxies act as what they hold."""

import wrapt
from wrapt import _wrappers

assert issubclass(wrapt.FunctionWrapper, _wrappers.FunctionWrapper)
seen = []


@wrapt.decorator
def twice(wrapped, instance, args, kwargs):
    seen.append(instance)
    return 2 * wrapped(*args, **kwargs)


class Adder:
    @twice
    def method(self, x):
        """What it does."""
        return x + 1

    @twice
    @classmethod
    def of_class(cls):
        return cls.__name__


adder = Adder()
assert adder.method(3) == 8
assert Adder.of_class() == "AdderAdder"
assert twice(len)("abc") == 6
assert seen == [adder, Adder, None]
assert (Adder.method.__name__, Adder.method.__doc__) == ("method", "What it does.")
proxy = wrapt.ObjectProxy([1, 2])
proxy.append(3)
proxy += [4]
assert proxy == [1, 2, 3, 4]
assert isinstance(proxy, list)
assert isinstance(wrapt.PartialCallableObjectProxy(int, base=2)("101"), int)
print("wrapt: decorates and stands for others")
