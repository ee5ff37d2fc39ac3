# Golden values for SimilarityGoldenTest: python3 similarities.py > similarities.json
import json

import numpy as np
import scipy
import sklearn
from scipy.sparse.csgraph import connected_components, shortest_path
from scipy.spatial.distance import cdist
from sklearn.covariance import ledoit_wolf
from sklearn.linear_model import Ridge
from sklearn.metrics.pairwise import rbf_kernel
from sklearn.neighbors import kneighbors_graph

rng = np.random.default_rng(3)
mix = rng.normal(size=(5, 5))
f32 = lambda a: np.asarray(a, np.float32).astype(float)
data = f32(rng.normal(size=(40, 5)) @ mix + 1)
few = f32(rng.normal(size=(4, 5)))  # fewer anchors than dimensions
anchors = f32(rng.normal(size=(7, 5)) @ mix + 1)
x = f32(rng.normal(size=(6, 5)) @ mix + 1)
unit = lambda a: a / np.linalg.norm(a, axis=1, keepdims=True)
covariance, shrinkage = ledoit_wolf(data)
plain = np.cov(data.T, bias=True)
pairs = cdist(anchors, anchors)[np.triu_indices(7, 1)] ** 2


def left_out(a, lam):
    """The mean score of LeaveOneOut, by brute force."""
    score = 0
    for i in range(len(a)):
        rest = np.delete(a, i, 0)
        s = rest.T @ rest + lam * np.eye(a.shape[1])
        s /= np.trace(s)
        score += np.linalg.slogdet(s)[1] + a[i] @ np.linalg.solve(s, a[i])
    return score / len(a)


def geodesic(x, anchors, others, k):
    """Paths over a neighbor graph, one sample at a time: samples are no stepping stones."""
    nodes = np.vstack([anchors, others])
    n, m = len(nodes), len(anchors)
    graph = kneighbors_graph(nodes, min(k, n - 1), mode="distance").toarray()
    graph = np.maximum(graph, graph.T)
    apart = cdist(nodes, nodes)
    parts, part = connected_components(graph)
    for i, j in sorted(zip(*np.triu_indices(n, 1)), key=lambda e: apart[e]):  # Kruskal
        if part[i] != part[j]:
            graph[i, j] = graph[j, i] = apart[i, j]
            part[part == part[j]] = part[i]
    between = shortest_path(graph)[:m, :m]
    paths = np.empty((len(x), m))
    for i, row in enumerate(cdist(x, nodes)):
        whole = np.zeros((n + 1, n + 1))
        whole[:n, :n] = graph
        near = np.argsort(row)[:k]
        whole[n, near] = row[near]
        paths[i] = shortest_path(whole, indices=n)[:m]
    return paths / (between.sum() / m / (m - 1)), parts


grid = [10 ** (k / 4) for k in range(-12, 9)]
golden = {
    "computed_by": f"numpy {np.__version__}, scipy {scipy.__version__}, scikit-learn {sklearn.__version__}",
    "data": data,
    "anchors": anchors,
    "few": few,
    "x": x,
    "euclidean": cdist(x, anchors),
    "manhattan": cdist(x, anchors, "cityblock"),
    "chebyshev": cdist(x, anchors, "chebyshev"),
    "minkowski 1.5": cdist(x, anchors, "minkowski", p=1.5),
    "minkowski 40": cdist(x, anchors, "minkowski", p=40),
    "mahalanobis 0": cdist(x, anchors, "mahalanobis", VI=np.linalg.inv(plain)),
    "mahalanobis auto": cdist(x, anchors, "mahalanobis", VI=np.linalg.inv(covariance)),
    "shrinkage": [[shrinkage]],
    "geodesic 1": geodesic(x, anchors, data, 1)[0],
    "geodesic 3": geodesic(x, anchors, data, 3)[0],
    "geodesic auto": geodesic(x, anchors, data, 10)[0],
    "geodesic 2, anchors alone": geodesic(x, anchors, data[:0], 2)[0],
    "geodesic parts": [[geodesic(x, anchors, data, k)[1] for k in (1, 3, 10)]],
    "rbf 0.05": rbf_kernel(x, anchors, gamma=0.05),
    "rbf auto": rbf_kernel(x, anchors, gamma=1 / np.sort(pairs)[(len(pairs) - 1) // 2]),
    "angular": 1 - np.arccos(unit(x) @ unit(anchors).T) / np.pi,
    "scaled-inner": x @ anchors.T / np.sqrt(5),
    "basis-change": np.linalg.lstsq(anchors.T, x.T, rcond=None)[0].T,
    "basis-change few": np.linalg.lstsq(few.T, x.T, rcond=None)[0].T,
    "coordinates 0.3": Ridge(alpha=0.3, fit_intercept=False).fit(unit(anchors).T, unit(x).T).coef_,
    "leave one out": [[left_out(unit(anchors), lam) for lam in grid], [left_out(unit(few), lam) for lam in grid]],
}
rounded = {k: v if isinstance(v, str) else np.round(v, 9).tolist() for k, v in golden.items()}
print(json.dumps(rounded))
