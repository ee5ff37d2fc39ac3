# SPDX-License-Identifier: Apache-2.0
"""Writes aligners.json with NumPy, SciPy and scikit-learn: python3 aligners.py > aligners.json"""
import json
import warnings

import numpy as np
import scipy
import sklearn
from scipy.linalg import orthogonal_procrustes
from sklearn.cross_decomposition import CCA
from sklearn.linear_model import LinearRegression, Ridge, RidgeCV
from sklearn.model_selection import LeaveOneOut, cross_val_score

warnings.simplefilter("ignore")
rng = np.random.default_rng(0)


def draw(n, d):
    """Float32 values with few digits, so that both sides read the same numbers."""
    return np.round(rng.normal(size=(n, d)), 3)


def rounded(a):
    return np.round(np.asarray(a, dtype=np.float64), 10).tolist()


x, later = draw(24, 5), draw(3, 5)
mix = draw(5, 7)
y = np.round(x @ mix + 0.3 * draw(24, 7) + 0.5, 3)
z = np.round(x @ draw(5, 5) + 0.3 * draw(24, 5), 3)
few, few_y = draw(3, 5), draw(3, 7)
maps = {}

r, s = orthogonal_procrustes(x, z)
maps["procrustes"] = r
maps["procrustes-scaled"] = r * s / np.sum(x * x)
ols = np.linalg.lstsq(x, y, rcond=None)[0]
maps["linear"] = ols
u, _, vt = np.linalg.svd(np.linalg.lstsq(x, z, rcond=None)[0])
maps["l-ortho"] = u @ vt
maps["ridge"] = Ridge(alpha=0.7, fit_intercept=False).fit(x, y).coef_.T
_, _, vt = np.linalg.svd(x @ ols, full_matrices=False)
maps["low-rank"] = ols @ vt[:2].T @ vt[:2]
maps["few-linear"] = np.linalg.lstsq(few, few_y, rcond=None)[0]

alphas = [0.01, 0.1, 1.0, 10.0, 100.0]
loo = RidgeCV(alphas=alphas, fit_intercept=False, scoring=None).fit(x, y)
brute = [
    -cross_val_score(
        Ridge(alpha=a, fit_intercept=False), x, y, cv=LeaveOneOut(), scoring="neg_mean_squared_error"
    ).mean()
    for a in alphas
]
maps["ridge-loo"] = loo.coef_.T

affine_loo = RidgeCV(alphas=alphas, scoring=None).fit(x, y)
affine_brute = [
    -cross_val_score(Ridge(alpha=a), x, y, cv=LeaveOneOut(), scoring="neg_mean_squared_error").mean()
    for a in alphas
]
affine = LinearRegression().fit(x, y)
affine_ridge = Ridge(alpha=0.7).fit(x, y)
cca = CCA(n_components=4, scale=False, max_iter=100000, tol=1e-14).fit(x, y)
a, b = cca.transform(x, y)
correlations = [np.corrcoef(a[:, i], b[:, i])[0, 1] for i in range(4)]

# The library's own steps, written out: standardise (ddof 1), zero-pad, orthogonal, undo.
sx, sy = x.std(0, ddof=1), y.std(0, ddof=1)
px = np.pad((x - x.mean(0)) / sx, ((0, 0), (0, 2)))
r, _ = orthogonal_procrustes(px, (y - y.mean(0)) / sy)
standard = np.pad((later - x.mean(0)) / sx, ((0, 0), (0, 2))) @ r * sy + y.mean(0)

# PCA matching: the wider target to its first 5 components and back.
_, _, vt = np.linalg.svd(y - y.mean(0), full_matrices=False)
v = vt[:5].T
r, _ = orthogonal_procrustes(x, (y - y.mean(0)) @ v)
pca = later @ r @ v.T + y.mean(0)

print(
    json.dumps(
        {
            "computed_by": f"aligners.py; numpy {np.__version__}, scipy {scipy.__version__},"
            f" scikit-learn {sklearn.__version__}",
            "x": x.tolist(),
            "y": y.tolist(),
            "z": z.tolist(),
            "few": few.tolist(),
            "few_y": few_y.tolist(),
            "later": later.tolist(),
            "maps": {k: rounded(m) for k, m in maps.items()},
            "alphas": alphas,
            "alpha": loo.alpha_,
            "loo_mse": min(brute),
            "affine_alpha": affine_loo.alpha_,
            "affine_loo_mse": min(affine_brute),
            "affine": rounded(affine.predict(later)),
            "affine-ridge": rounded(affine_ridge.predict(later)),
            "affine-ridge-loo": rounded(affine_loo.predict(later)),
            "correlations": rounded(correlations),
            "standard": rounded(standard),
            "pca": rounded(pca),
        }
    )
)
