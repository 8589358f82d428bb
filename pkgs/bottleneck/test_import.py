import bottleneck as bn
import numpy as np

numbers = np.array([1.0, np.nan, 4.0, 7.0])
assert bn.nansum(numbers) == 12.0
assert bn.nanmedian(numbers) == 4.0
assert bn.move_mean(np.arange(6.0), window=3, min_count=1).tolist() == [0.0, 0.5, 1.0, 2.0, 3.0, 4.0]
# Integers of the size that the runtime has, not the build machine's.
assert bn.nansum(np.array([2**31 - 1, 1], dtype=np.int64)) == 2**31
assert bn.push(numbers).tolist() == [1.0, 1.0, 4.0, 7.0]
