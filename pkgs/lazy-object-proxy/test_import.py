"""The compiled proxy is the one that is used; what it stands for is made once, when it is needed."""

import lazy_object_proxy
from lazy_object_proxy import cext

assert lazy_object_proxy.Proxy is cext.Proxy
calls = []


def make():
    calls.append(1)
    return [3, 4]


proxy = lazy_object_proxy.Proxy(make)
assert not calls
assert (proxy[0], len(proxy), proxy + list(proxy), calls) == (3, 2, [3, 4, 3, 4], [1])
proxy += [6]
assert proxy.__wrapped__ == [3, 4, 6]
assert isinstance(proxy, list)
number = lazy_object_proxy.Proxy(lambda: 7)
assert (number // 2, 2**number, divmod(50, number), -number, f"{number:03d}") == (3, 128, (7, 1), -7, "007")
print("lazy-object-proxy: made once, when used")
