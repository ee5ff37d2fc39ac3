# Golden values for SimilarityGoldenTest: python3 similarities.py > similarities.json
import json

import numpy as np
import scipy
import sklearn
from scipy.spatial.distance import cdist
from sklearn.covariance import ledoit_wolf
from sklearn.linear_model import Ridge
from sklearn.metrics.pairwise import rbf_kernel

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
