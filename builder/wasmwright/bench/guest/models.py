"""Fits of scikit-learn's models to made data: run by path, as linalg.py.

python models.py SIZES REPEATS [CASE...]
"""

import sys
import warnings

from sklearn.cluster import KMeans
from sklearn.datasets import make_blobs, make_classification
from sklearn.ensemble import HistGradientBoostingClassifier, RandomForestClassifier
from sklearn.linear_model import LogisticRegression
from sklearn.neighbors import KNeighborsClassifier
from sklearn.svm import SVC
from timing import shortest, tell

# Rows of the table.
SIZES = {"small": 500, "medium": 5000, "large": 50_000}
COLUMNS = 20


def models(rows):
    """Name, what is measured, and its arguments."""
    table, kinds = make_classification(rows, COLUMNS, n_informative=10, random_state=0)
    heaps, _ = make_blobs(rows, COLUMNS, centers=8, random_state=0)
    few = rows * 2 // 5
    neighbours = KNeighborsClassifier().fit(table, kinds)
    yield "LogisticRegression", LogisticRegression(max_iter=200).fit, (table, kinds)
    yield "RandomForestClassifier", RandomForestClassifier(20, random_state=0).fit, (table, kinds)
    yield "HistGradientBoosting", HistGradientBoostingClassifier(max_iter=20, random_state=0).fit, (table, kinds)
    yield "KMeans", KMeans(8, n_init=3, random_state=0).fit, (heaps,)
    # Its time grows with the square of the rows.
    yield "SVC", SVC().fit, (table[:few], kinds[:few])
    yield "KNeighbors predict", neighbours.predict, (table[: rows // 10],)


def main(sizes, repeats, *chosen):
    """Measure the models whose names start with one of `chosen`; all without any."""
    warnings.simplefilter("ignore")
    for name, function, arguments in models(SIZES[sizes]):
        if not chosen or name.startswith(chosen):
            tell(name, shortest(function, [arguments], int(repeats)))


if __name__ == "__main__":
    main(*sys.argv[1:])
