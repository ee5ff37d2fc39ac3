# SPDX-License-Identifier: Apache-2.0
"""Bridges, distances, exact tests and measures by NumPy, SciPy and scikit-learn (needs all three); the numbers of the tests here."""
import numpy as np
from scipy.stats import binomtest, hypergeom
from sklearn.covariance import ledoit_wolf
from sklearn.metrics import ndcg_score


def wave(rows, columns, k):
    return np.sin(0.7 * np.arange(rows * columns) ** 1.5 + k).astype(np.float32).reshape(rows, columns).astype(float)


def unit(x):
    return x / np.linalg.norm(x, axis=1, keepdims=True)


def fixed(z, c):
    return 2 * np.sqrt(1 - c @ c) * unit(z) + c


def rotation(x, y):
    u, s, v = np.linalg.svd(x.T @ y, full_matrices=False)
    return u @ v


def ridge(x, y):
    """Affine; the weight by leave-one-out, each sample also left out of both means."""
    best = None
    for weight in [.001, .00316, .01, .0316, .1, .316, 1, 3.16, 10, 31.6, 100, 316, 1000]:
        error = 0
        for i in range(len(x)):
            k = np.arange(len(x)) != i
            mx, my = x[k].mean(0), y[k].mean(0)
            w = np.linalg.solve((x[k] - mx).T @ (x[k] - mx) + weight * np.eye(x.shape[1]), (x[k] - mx).T @ (y[k] - my))
            error += (((x[i] - mx) @ w + my - y[i]) ** 2).sum()
        if best is None or error < best[0]:
            best = (error, weight)
    mx, my = x.mean(0), y.mean(0)
    w = np.linalg.solve((x - mx).T @ (x - mx) + best[1] * np.eye(x.shape[1]), (x - mx).T @ (y - my))
    return w, my - mx @ w, best[1]


def show(name, values):
    print(name, np.round(np.asarray(values).ravel(), 6).tolist())


a = wave(40, 6, 1)
b = a @ wave(6, 5, 2) + 0.3 * wave(40, 5, 3)
probe = wave(3, 6, 4)
x, y, p = unit(a), unit(b), unit(probe)
cx, cy = x.mean(0), y.mean(0)
xd, yd, pd = unit(x - cx), unit(y - cy), unit(p - cx)
length = np.linalg.norm(b, axis=1).mean()
show("procrustes", length * unit(fixed(pd @ rotation(xd, yd), cy)))
w, o, weight = ridge(xd, y - cy)
short = np.linalg.norm(y - cy, axis=1).mean()
show(f"ridge-procrustes (weight {weight})", length * unit((short * pd @ rotation(xd, yd) + pd @ w + o) / 2 + cy))
w, o, weight = ridge(xd, yd)
show(f"ridge-procrustes-unit (weight {weight})", length * unit(fixed((pd @ rotation(xd, yd) + pd @ w) / 2, cy)))

clean = wave(120, 6, 5) * [3, 2, 1, .5, .2, .1]
s, rho = ledoit_wolf(unit(clean))
d = unit(probe * [3, 2, 1, .5, .2, .1]) - unit(clean).mean(0)
show(f"distances (shrinkage {rho:.6f})", (d @ np.linalg.inv(s) * d).sum(1))
show("log volume", [np.linalg.slogdet(s)[1]])

for k, n in [(0, 10), (3, 100), (14, 1398), (1000, 1000), (50_000, 1_000_000)]:
    ci = binomtest(k, n).proportion_ci(.95, "exact")
    show(f"interval {k} of {n}", [ci.low, ci.high])
for k, n, c, m in [(4, 398, 0, 1000), (14, 1398, 0, 1000), (33, 2204, 5, 1000), (7, 3000, 2, 1000), (600_000, 1_000_000, 10, 1000)]:
    print(f"at least {k} of {n} beside {c} of {m}: {hypergeom.sf(k - 1, n + m, k + c, n):.6e}")

gains = [3, 0, 1, 2, 0, 0, 1, 0, 0, 2]  # of the first ten, by rank; two answers more are not found: 3 and 1
show("ndcg", [ndcg_score([gains + [3, 1]], [list(range(12, 0, -1))], k=10)])
