# SPDX-License-Identifier: Apache-2.0
"""Expected pivots and clusters: python3 anchors.py > anchors.json"""
import json
import numpy as np
import scipy
import sklearn
from scipy.linalg import qr
from sklearn.cluster import KMeans

rng = np.random.default_rng(7)
# Values on a grid of 1/64 are the same in float32, float64 and in the file.
x = np.round(rng.standard_normal((40, 9)) * 64) / 64
pivots = qr(x.T, mode="economic", pivoting=True)[2][:9]

points = np.round((rng.standard_normal((6, 5)) * 2)[rng.integers(0, 6, 90)] * 64
                  + rng.standard_normal((90, 5)) * 40) / 64
start = points[rng.choice(90, 6, replace=False)]
fitted = KMeans(6, init=start, n_init=1, max_iter=300, tol=1e-4, algorithm="lloyd").fit(points)

json.dump({
    "computed_by": f"numpy {np.__version__}, scipy {scipy.__version__}, scikit-learn {sklearn.__version__}",
    "x": x.ravel().tolist(), "pivots": pivots.tolist(),
    "points": points.ravel().tolist(), "start": start.ravel().tolist(),
    "clusters": fitted.labels_.tolist(), "inertia": fitted.inertia_,
    "centers": fitted.cluster_centers_.ravel().tolist(), "iterations": fitted.n_iter_,
}, __import__("sys").stdout)
