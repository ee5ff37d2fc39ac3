# SPDX-License-Identifier: Apache-2.0
"""Writes functional.json with NumPy and SciPy: python3 functional.py > functional.json"""
import json

import numpy as np
import scipy
from scipy.sparse.csgraph import laplacian
from scipy.spatial.distance import cdist

rng = np.random.default_rng(1)
K, NEIGHBOURS, ALPHA = 4, 6, 0.2


def basis(x, anchors):
    distance = cdist(x, x, "cosine")
    weights = np.zeros_like(distance)
    for i in range(len(x)):
        near = [j for j in np.argsort(distance[i]) if j != i][:NEIGHBOURS]
        weights[i, near] = np.maximum(1 - distance[i, near], 0)
    values, vectors = np.linalg.eigh(laplacian(np.maximum(weights, weights.T), normed=True))
    f = distance[:, anchors]
    return values[:K], vectors[:, :K], vectors[:, :K].T @ (f / np.linalg.norm(f, axis=0))


x = np.round(rng.normal(size=(24, 5)) + 1, 3)
y = np.round(x @ rng.normal(size=(5, 6)) + 0.2 * rng.normal(size=(24, 6)), 3)[2:]
left, right = [3, 8, 15, 20], [1, 6, 13, 18]
lx, px, fx = basis(x, left)
ly, py, fy = basis(y, right)

# Row by row as one least-squares problem over all entries of C, without the closed form.
gap = (ly[:, None] - lx[None, :]) ** 2
system, target = [], []
for i in range(K):
    for a in range(len(left)):
        row = np.zeros((K, K))
        row[i] = fx[:, a]
        system.append(row.ravel())
        target.append(fy[i, a])
    for j in range(K):
        row = np.zeros((K, K))
        row[i, j] = np.sqrt(ALPHA * gap[i, j] / gap.max())
        system.append(row.ravel())
        target.append(0)
c = np.linalg.lstsq(np.array(system), np.array(target), rcond=None)[0].reshape(K, K)

print(
    json.dumps(
        {
            "computed_by": f"functional.py; numpy {np.__version__}, scipy {scipy.__version__}",
            "x": x.tolist(),
            "y": y.tolist(),
            "left": left,
            "right": right,
            "magnitudes": np.round(np.abs(c), 9).tolist(),
            "transfer": np.round(px @ c.T @ py.T * np.sqrt(len(x) * len(y)), 9).tolist(),
        }
    )
)
