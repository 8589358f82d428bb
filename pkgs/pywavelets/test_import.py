"""Coefficients of the native package, and transforms that lead back to where they began."""

import numpy as np
import pywt

a, d = pywt.dwt([1, 2, 3, 4], "db1")
assert np.allclose(a, [2.1213203435596424, 4.949747468305833], rtol=1e-15)
assert np.allclose(d, [-0.7071067811865476] * 2, rtol=1e-15)
x = np.cos(np.arange(64) ** 2 / 50)
image = np.outer(x, x[::-1])
assert len(pywt.wavelist(kind="discrete")) == 106, len(pywt.wavelist(kind="discrete"))
tree = pywt.wavedec2(image, "sym5", level=2)
assert np.allclose(tree[0].sum(), 53.32193567872078, rtol=1e-12), repr(tree[0].sum())
assert np.allclose(pywt.waverec2(tree, "sym5"), image)
stationary = pywt.swt(x, "db2", level=2)
assert np.allclose(pywt.iswt(stationary, "db2"), x)
coefficients, frequencies = pywt.cwt(x, [1, 4, 9], "mexh")
assert np.allclose(np.abs(coefficients).sum(axis=1), [35.44831801, 32.00130236, 25.99323648]), repr(
    np.abs(coefficients).sum(axis=1)
)
assert np.allclose(frequencies, [0.25, 0.0625, 0.027777777777777776])
assert pywt.threshold(np.array([-2, 0.5, 3]), 1, "soft").tolist() == [-1, 0, 2]
packet = pywt.WaveletPacket(x, "haar", maxlevel=3)
assert np.allclose(packet["aad"].data[:2], [0.2986816, 0.68276572]), repr(packet["aad"].data[:2])
print("pywavelets: as native, there and back")
