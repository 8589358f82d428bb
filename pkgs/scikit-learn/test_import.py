"""Models of several kinds, fitted to data that the package has; values of the native package."""

import pickle

import numpy as np
from sklearn.cluster import DBSCAN, HDBSCAN, AgglomerativeClustering, KMeans
from sklearn.datasets import load_breast_cancer, load_diabetes, load_iris, make_moons
from sklearn.decomposition import NMF, PCA
from sklearn.ensemble import GradientBoostingRegressor, HistGradientBoostingClassifier, RandomForestClassifier
from sklearn.isotonic import IsotonicRegression
from sklearn.linear_model import ElasticNet, LinearRegression, LogisticRegression, SGDClassifier
from sklearn.manifold import TSNE
from sklearn.metrics import adjusted_rand_score, roc_auc_score
from sklearn.model_selection import cross_val_score
from sklearn.neighbors import KNeighborsClassifier
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler
from sklearn.svm import SVC, LinearSVC
from sklearn.tree import DecisionTreeClassifier

iris, kinds = load_iris(return_X_y=True)
sugar, progress = load_diabetes(return_X_y=True)
cells, harm = load_breast_cancer(return_X_y=True)
cells = StandardScaler().fit_transform(cells)
moons, sides = make_moons(300, noise=0.05, random_state=0)

forest = RandomForestClassifier(20, max_depth=4, random_state=0).fit(cells, harm)
histogram = HistGradientBoostingClassifier(max_iter=20, random_state=0).fit(cells, harm)
found = {
    "linear": LinearRegression().fit(sugar, progress).score(sugar, progress),
    "elastic": ElasticNet(alpha=0.1, l1_ratio=0.7).fit(sugar, progress).coef_[:3],
    "logistic": LogisticRegression(C=0.5, tol=1e-8, max_iter=500).fit(cells, harm).coef_[0, :3],
    "sgd": SGDClassifier(random_state=0).fit(cells, harm).score(cells, harm),
    "tree": DecisionTreeClassifier(random_state=0).fit(cells, harm).tree_.node_count,
    "forest": roc_auc_score(harm, forest.predict_proba(cells)[:, 1]),
    "boosted": GradientBoostingRegressor(n_estimators=20, random_state=0).fit(sugar, progress).predict(sugar[:2]),
    "histogram": histogram.predict_proba(cells[:2])[:, 1],
    "svc": SVC(gamma=0.1).fit(iris, kinds).n_support_,
    "svc linear": LinearSVC(dual=False, tol=1e-8).fit(cells, harm).coef_[0, :2],
    "neighbours": cross_val_score(KNeighborsClassifier(7), iris, kinds).mean(),
    "pca": np.abs(PCA(2).fit(cells).components_[:, 0]),
    "nmf": NMF(2, random_state=0, max_iter=500).fit(iris).reconstruction_err_,
    "kmeans": KMeans(3, n_init=5, random_state=0).fit(iris).inertia_,
    "dbscan": adjusted_rand_score(sides, DBSCAN(eps=0.2).fit_predict(moons)),
    "hdbscan": adjusted_rand_score(sides, HDBSCAN(copy=True).fit_predict(moons)),
    "ward": np.bincount(AgglomerativeClustering(3).fit_predict(iris)),
    "isotonic": IsotonicRegression().fit_transform([1, 2, 3, 4, 5], [1, 3, 2, 5, 4]),
    "pipeline": make_pipeline(StandardScaler(), SVC()).fit(iris, kinds).score(iris, kinds),
}
EXPECTED = {
    "linear": 0.5177484222203499,
    "elastic": [14.49676995, 0, 57.9381188],
    "logistic": [-0.41898338, -0.45936637, -0.40608345],
    "sgd": 0.9789103690685413,
    "tree": 43,
    "forest": 0.9974829554463295,
    "boosted": [186.27327392, 92.29781295],
    "histogram": [0.17544343, 0.07854969],
    "svc": [5, 26, 23],
    "svc linear": [0.26123385, 0.01404593],
    "neighbours": 0.98,
    "pca": [0.21890244, 0.23385713],
    "nmf": 3.942844351904813,
    "kmeans": 78.851441426146,
    "dbscan": 1,
    "hdbscan": 1,
    "ward": [64, 50, 36],
    "isotonic": [1, 2.5, 2.5, 4.5, 4.5],
    "pipeline": 0.9733333333333334,
}
for name, values in EXPECTED.items():
    assert np.allclose(found[name], values, rtol=1e-5), (name, found[name])
assert found.keys() == EXPECTED.keys(), found
# Its values differ from machine to machine; that it keeps neighbours together does not.
flat = TSNE(perplexity=20, max_iter=300, random_state=0).fit_transform(iris)
assert KNeighborsClassifier(5).fit(flat, kinds).score(flat, kinds) > 0.93
# Saved models, with losses, trees and distances in C.
descent, neighbours = SGDClassifier(random_state=0), KNeighborsClassifier(7)
for model in (forest, histogram, descent.fit(cells, harm), neighbours.fit(cells, harm)):
    assert np.array_equal(pickle.loads(pickle.dumps(model)).predict(cells), model.predict(cells)), model
print("scikit-learn: nineteen models as native")
