# SPDX-License-Identifier: Apache-2.0
"""Writes measures.json from the definitions, with NumPy, SciPy and scikit-learn: python3 measures.py > measures.json"""
import json
import warnings

import numpy as np
import scipy
import sklearn
from scipy.linalg import expm, orthogonal_procrustes, subspace_angles
from scipy.optimize import linear_sum_assignment
from scipy.sparse.csgraph import laplacian
from scipy.spatial.distance import cdist, jensenshannon, pdist
from scipy.special import softmax
from scipy.stats import kendalltau, pearsonr, spearmanr
from sklearn.cross_decomposition import CCA
from topology import geometry_score, rtd

warnings.simplefilter("ignore")
rng = np.random.default_rng(5)


def exact(a):
    """Decimals that are the same in float32, seen as float64."""
    return np.round(a, 3).astype(np.float32).astype(np.float64)


def unit(a):
    norms = np.linalg.norm(a, axis=1, keepdims=True)
    return np.divide(a, norms, out=np.zeros_like(a), where=norms > 0)


def nearest(similarity, k):
    return np.argsort(-similarity, axis=1, kind="stable")[:, :k]


def jaccard(x, y, k):
    a, b = nearest(unit(x) @ unit(y).T, k), nearest(unit(y) @ unit(y).T, k)
    return np.mean([len(set(p) & set(q)) / len(set(p) | set(q)) for p, q in zip(a, b)])


def mrr(x, y, k):
    found = nearest(unit(x) @ unit(y).T, k)
    ranks = [list(row).index(i) + 1 if i in row else np.inf for i, row in enumerate(found)]
    return np.mean([1 / r for r in ranks])


def cosines(x):
    c = unit(x) @ unit(x).T
    np.fill_diagonal(c, -np.inf)
    return c


def mutual_knn(x, y, k):
    a, b = nearest(cosines(x), k), nearest(cosines(y), k)
    return np.mean([len(set(p) & set(q)) / k for p, q in zip(a, b)])


def hsic0(k, l):
    n = len(k)
    h = np.eye(n) - 1 / n
    return np.trace(k @ h @ l @ h) / (n - 1) ** 2


def hsic1(k, l):
    """Song et al. 2012, eq. 5, for matrices that need not be symmetric."""
    n = len(k)
    k, l = k - np.diag(np.diag(k)), l - np.diag(np.diag(l))
    one = np.ones(n)
    total = np.sum(k * l.T) + (one @ k @ one) * (one @ l @ one) / ((n - 1) * (n - 2))
    return (total - 2 / (n - 2) * (one @ k @ l @ one)) / (n * (n - 3))


def ratio(hsic, k, l):
    return hsic(k, l) / np.sqrt(hsic(k, k) * hsic(l, l))


def cknna(x, y, k):
    def mask(c):
        m = np.zeros_like(c)
        np.put_along_axis(m, nearest(c, k), 1, axis=1)
        return m

    a, b = cosines(x), cosines(y)
    p, q = mask(a), mask(b)
    np.fill_diagonal(a, 1)
    np.fill_diagonal(b, 1)
    both = hsic1(p * q * a, p * q * b)
    return both / np.sqrt(hsic1(p * a, p * a) * hsic1(q * b, q * b))


def minibatch(x, y, size):
    count = max(1, len(x) // size)
    parts = [(x[c::count] @ x[c::count].T, y[c::count] @ y[c::count].T) for c in range(count)]
    mean = lambda f: np.mean([f(k, l) for k, l in parts])
    return mean(hsic1) / np.sqrt(mean(lambda k, l: hsic1(k, k)) * mean(lambda k, l: hsic1(l, l)))


def rbf(x, fraction):
    width = fraction * np.median(pdist(x))
    return np.exp(-cdist(x, x, "sqeuclidean") / (2 * width**2))


def dcor(x, y):
    a, b = cdist(x, x), cdist(y, y)
    center = lambda d: d - d.mean(0) - d.mean(1)[:, None] + d.mean()
    a, b = center(a), center(b)
    return np.sqrt(np.mean(a * b) / np.sqrt(np.mean(a * a) * np.mean(b * b)))


def dcor_unbiased(x, y):
    def center(d):
        n = len(d)
        u = d - d.sum(0) / (n - 2) - d.sum(1)[:, None] / (n - 2) + d.sum() / ((n - 1) * (n - 2))
        np.fill_diagonal(u, 0)
        return u

    a, b = center(cdist(x, x)), center(cdist(y, y))
    return np.sum(a * b) / np.sqrt(np.sum(a * a) * np.sum(b * b))


def dissimilarity(x):
    c = 1 - unit(x) @ unit(x).T
    return c[np.triu_indices(len(x), 1)]


def basis(x, share=None):
    """Left singular vectors of the centred features: an orthonormal basis of what they span."""
    u, s, v = np.linalg.svd(x - x.mean(0), full_matrices=False)
    rank = np.sum(s > s[0] * 1e-6)
    if share is not None:
        rank = min(rank, np.searchsorted(np.cumsum(s**2) / np.sum(s**2), share) + 1)
    return u[:, :rank]


def correlations(x, y, share=None):
    return np.clip(np.linalg.svd(basis(x, share).T @ basis(y, share), compute_uv=False), 0, 1)


def pwcca(x, y):
    p, q = basis(x), basis(y)
    if p.shape[1] > q.shape[1]:
        p, q, x = q, p, y
    u, s, _ = np.linalg.svd(p.T @ q, full_matrices=False)
    weights = np.abs((p @ u).T @ (x - x.mean(0))).sum(1)
    return np.sum(weights * s) / np.sum(weights)


def shapes(x, y):
    width = max(x.shape[1], y.shape[1])
    pad = lambda a: np.pad(a - a.mean(0), ((0, 0), (0, width - a.shape[1])))
    x, y = pad(x), pad(y)
    r, _ = orthogonal_procrustes(y, x)
    a, b = x / np.linalg.norm(x), y / np.linalg.norm(y)
    return {
        "procrustes-size": np.linalg.norm(x - y @ r),
        "procrustes": np.linalg.norm(a - b @ r),
        "procrustes-angular": np.arccos(np.sum(a * (b @ r))),
    }


def r2(x, y):
    """Of least squares with an intercept, as one share of the variance of all of y's columns."""
    ones = np.column_stack([np.ones(len(x)), x])
    rest = y - ones @ np.linalg.lstsq(ones, y, rcond=1e-6)[0]
    return 1 - np.sum(rest**2) / np.sum((y - y.mean(0)) ** 2)


def axis_correlations(x, y):
    both = np.nan_to_num(np.corrcoef(x.T, y.T))
    return both[: x.shape[1], x.shape[1] :]


def hard_match(x, y):
    c = axis_correlations(x, y)
    return c[linear_sum_assignment(c, maximize=True)].mean()


def soft_match(x, y):
    c = axis_correlations(x, y)
    return (c.max(0).mean() + c.max(1).mean()) / 2


def eigenspace_overlap(x, y):
    """Not centered. The authors divide by the number of columns, which is the rank of full ones."""
    u, v = (np.linalg.svd(a, full_matrices=False)[0][:, : np.linalg.matrix_rank(a, rtol=1e-6)] for a in (x, y))
    return np.sum((u.T @ v) ** 2) / max(u.shape[1], v.shape[1])


def gulp(x, y, ridge):
    """The root of what predictor_dist in the authors' code returns, from hat matrices."""
    def hat(a):
        a = a - a.mean(0)
        a = a / np.sqrt(np.sum(a**2) / len(a))
        second = a.T @ a / len(a)
        inverse = np.linalg.inv(second + ridge * np.eye(len(second))) if ridge else np.linalg.pinv(second, rcond=1e-12)
        return a @ inverse @ a.T / len(a)

    p, q = hat(x), hat(y)
    return np.sqrt(np.trace(p @ p) + np.trace(q @ q) - 2 * np.trace(p @ q))


def heat_trace(x, times, k=5):
    d = cdist(x, x)
    np.fill_diagonal(d, np.inf)
    graph = np.zeros_like(d)
    np.put_along_axis(graph, np.argsort(d, axis=1, kind="stable")[:, :k], 1, axis=1)
    return np.array([np.trace(expm(-t * laplacian(np.maximum(graph, graph.T), normed=True))) for t in times]) / len(x)


def imd(x, y):
    """The authors' msid_score with exact traces in place of stochastic Lanczos quadrature."""
    times = np.logspace(-1, 1, 256)
    weights = np.exp(-2 * (times + 1 / times))
    return 1e6 * np.max(weights * np.abs(heat_trace(x, times) - heat_trace(y, times)))


def outputs(x, y):
    p, q = softmax(x, axis=1), softmax(y, axis=1)
    return {
        "agreement": np.mean(p.argmax(1) == q.argmax(1)),
        "jensen-shannon": np.mean(jensenshannon(p, q, base=2, axis=1) ** 2),
    }


def rank(x):
    s = np.linalg.svd(x - x.mean(0), compute_uv=False)
    p = s[s > s[0] * 1e-6] / s[s > s[0] * 1e-6].sum()
    return np.exp(-np.sum(p * np.log(p)))


def paired(x, y):
    return {
        "cosine": np.mean(np.sum(unit(x) * unit(y), axis=1)),
        "l1": np.mean(np.abs(x - y).sum(1)),
        "l2": np.mean(np.linalg.norm(x - y, axis=1)),
        "jaccard@10": jaccard(x, y, 10),
        "jaccard@3": jaccard(x, y, 3),
        "mrr@10": mrr(x, y, 10),
        "mrr@2": mrr(x, y, 2),
    }


def measures(x, y):
    linear = (x @ x.T, y @ y.T)
    d, e = dissimilarity(x), dissimilarity(y)
    values = {
        "mutual-knn@10": mutual_knn(x, y, 10),
        "mutual-knn@4": mutual_knn(x, y, 4),
        "cknna@10": cknna(x, y, 10),
        "cknna@5": cknna(x, y, 5),
        "cka": ratio(hsic0, *linear),
        "cka-unbiased": ratio(hsic1, *linear),
        "cka-minibatch:10": minibatch(x, y, 10),
        "cka-minibatch:256": minibatch(x, y, 256),
        "cka-rbf:0.8": ratio(hsic0, rbf(x, 0.8), rbf(y, 0.8)),
        "cka-rbf:0.3": ratio(hsic0, rbf(x, 0.3), rbf(y, 0.3)),
        "dcor": dcor(x, y),
        "dcor-unbiased": dcor_unbiased(x, y),
        "rsa": pearsonr(d, e).statistic,
        "rsa-spearman": spearmanr(d, e).statistic,
        "rsa-kendall": kendalltau(d, e).statistic,
        "svcca:0.99": np.mean(correlations(x, y, 0.99)),
        "svcca:0.7": np.mean(correlations(x, y, 0.7)),
        "pwcca": pwcca(x, y),
        "mean-cca": np.mean(correlations(x, y)),
        **shapes(x, y),
        "linear-r2": r2(x, y),
        "linear-r2-back": r2(y, x),
        "hard-match": hard_match(x, y),
        "soft-match": soft_match(x, y),
        "eigenspace-overlap": eigenspace_overlap(x, y),
        "gulp:0.01": gulp(x, y, 0.01),
        "gulp:0": gulp(x, y, 0),
        "imd": imd(x, y),
        "rtd": rtd(x, y),
        "geometry-score": geometry_score(x, y),
    }
    if x.shape[1] == y.shape[1]:
        values.update(paired(x, y) | outputs(x, y))
    return values


x = exact(rng.normal(size=(40, 6)) * [3, 2, 1, 1, 0.5, 0.2])
y = exact(np.tanh(x @ rng.normal(size=(6, 5))) + 0.3 * rng.normal(size=(40, 5)) + 2)
z = exact(x + 0.4 * rng.normal(size=(40, 6)))
odd = exact(np.column_stack([z[:, :3], z[:, :2].sum(1), np.full(40, 7.5)]))  # dependent, constant
spaces = {"x": x, "y": y, "z": z, "odd": odd}
pairs = [("x", "y"), ("y", "x"), ("x", "z"), ("x", "odd"), ("odd", "y")]

# The canonical correlations once more, by scikit-learn and by angles between subspaces.
xs, ys = CCA(n_components=5, scale=False, max_iter=5000, tol=1e-12).fit_transform(x, y)
by_sklearn = np.mean([np.corrcoef(xs[:, i], ys[:, i])[0, 1] for i in range(5)])
by_angles = np.mean(np.cos(subspace_angles(basis(x), basis(y))))
assert abs(by_sklearn - np.mean(correlations(x, y))) < 1e-4, by_sklearn
assert abs(by_angles - np.mean(correlations(x, y))) < 1e-9, by_angles

print(
    json.dumps(
        {
            "computed_by": f"measures.py: numpy {np.__version__}, scipy {scipy.__version__},"
            f" scikit-learn {sklearn.__version__}",
            "spaces": {name: space.tolist() for name, space in spaces.items()},
            "effective_rank": {name: rank(space) for name, space in spaces.items()},
            "pairs": [
                {"x": a, "y": b, "values": {k: float(v) for k, v in measures(spaces[a], spaces[b]).items()}}
                for a, b in pairs
            ],
        }
    )
)
