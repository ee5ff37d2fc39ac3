"""Golden values of the space codecs, by NumPy, SciPy and scikit-learn: python3 codec.py > codec.json"""
import json

import numpy as np
import scipy
import scipy.linalg
import scipy.optimize
import scipy.special
import scipy.stats
import sklearn
from sklearn.decomposition import PCA
from sklearn.linear_model import Ridge

rng = np.random.default_rng(7)
DATA, ANCHORS, DX, DY = 40, 12, 6, 5


def f32(x):
    return x.astype(np.float32).astype(np.float64)


def unit(x):
    return x / np.linalg.norm(x, axis=1, keepdims=True)


def dump(x):
    return [[float(np.float32(v)) for v in row] for row in np.atleast_2d(x)]


# Two noisy linear views of the same samples, off-centre.
z = rng.standard_normal((DATA, 4))
x_raw = f32(z @ rng.standard_normal((4, DX)) + 0.3 * rng.standard_normal((DATA, DX)) + 1)
y_raw = f32(z @ rng.standard_normal((4, DY)) + 0.3 * rng.standard_normal((DATA, DY)) - 1)
rows = [int(i) for i in np.sort(rng.choice(DATA, ANCHORS, replace=False))]
few = [[0, 3, 7], [1, 3, 5, 11]]


def space(raw, centre):
    centre = {"anchors": unit(raw[rows]).mean(0), "data": unit(raw).mean(0), "none": 0}[centre]
    data = unit(unit(raw) - centre)
    return data, data[rows]


x, a = space(x_raw, "anchors")
y, b = space(y_raw, "anchors")
pinv = np.linalg.pinv
out = {
    "computed_by": f"NumPy {np.__version__}, SciPy {scipy.__version__}, scikit-learn {sklearn.__version__}",
    "x": dump(x_raw),
    "y": dump(y_raw),
    "anchors": rows,
    "subspaces": few,
    "maps": {},
}
maps = out["maps"]
maps["pseudo"] = a.T @ pinv(b.T)
maps["ridge"] = Ridge(alpha=3, fit_intercept=False, solver="svd").fit(b, a).coef_
maps["truncated"] = a.T @ pinv(b.T, rcond=0.3)
maps["parseval-inverse"] = scipy.linalg.polar(a)[0].T @ scipy.linalg.polar(b)[0]
maps["coordinates"] = Ridge(alpha=0.5, fit_intercept=False, solver="svd").fit(a, b).coef_.T
maps["averaged"] = sum(a[s].T @ pinv(b[s].T) for s in few) / len(few)
maps["averaged-ridge"] = sum(
    Ridge(alpha=0.2, fit_intercept=False, solver="svd").fit(b[s], a[s]).coef_ for s in few
) / len(few)
maps["averaged-parseval"] = sum(
    scipy.linalg.polar(a[s])[0].T @ scipy.linalg.polar(b[s])[0] for s in few
) / len(few)
# Completion. BASIS: (I, R) is the new anchor set, so a vector x has the code x I and is decoded by
# the pseudo-inverse of the images' transpose. LIFTED: the code is lifted by C, then decoded by all.
images = [np.eye(DX) @ a[s].T @ pinv(b[s].T) for s in few]
maps["basis"] = sum(pinv(r.T) for r in images) / len(few)
maps["lifted"] = sum(a[s].T @ (a @ pinv(a[s])).T @ pinv(b.T) for s in few) / len(few)

xd, ad = space(x_raw, "data")
yd, bd = space(y_raw, "data")


def parseval(data, anchors, r, p, lam):
    pca = PCA(r, svd_solver="full").fit(data)
    w = pca.explained_variance_ / pca.explained_variance_.mean()
    v = pca.components_.T
    f = v * w**-p
    back = v * w**p
    k = anchors @ f
    gram = k.T @ k
    s = np.trace(gram) / r
    t = np.linalg.inv(scipy.linalg.sqrtm(gram + lam * s * np.eye(r))).real
    return f @ t @ k.T, k @ t @ back.T


for name, r, p, lam in (("parseval-4", 4, 0.25, 0.1), ("parseval-3", 3, 0, 0.03)):
    maps[name] = parseval(xd, ad, r, p, lam)[0] @ parseval(yd, bd, r, p, lam)[1]


# The balanced codec: rank, split and ridge weight by the numbers of anchors and dimensions, and
# powers of the regularised Gram by SciPy. K G^-s encodes, K G^(s - 1) decodes.
def balanced(data, anchors):
    share = min(1, len(anchors) / data.shape[1])
    rank = max(1, min(int(0.7 * len(anchors) + 0.5), data.shape[1], len(data) - 1))
    split, lam = 0.5 + 0.25 * share, 0.1 + 0.2 * share
    v = PCA(rank, svd_solver="full").fit(data).components_.T
    k = anchors @ v
    gram = k.T @ k
    gram = gram + lam * np.trace(gram) / rank * np.eye(rank)
    power = scipy.linalg.fractional_matrix_power
    return v @ power(gram, -split) @ k.T, k @ power(gram, split - 1) @ v.T


for n in (12, 5):
    maps[f"balanced-{n}"] = balanced(xd, ad[:n])[0] @ balanced(yd, bd[:n])[1]


# The automatic codec: anchors drawn half way to the mean of their 20 nearest data, and what is read
# drawn towards data by a softmax of cosines as sharp as makes the perplexity min(20, N / 4).
def smoothed(anchors, data):
    near = np.argsort(-anchors @ data.T, axis=1)[:, :20]
    return unit(anchors + 0.5 * unit(data[near].mean(1)))


def perplexity(data, b):
    rows = [np.delete(data @ data[i], i) for i in range(len(data))]
    return np.exp(np.mean([scipy.stats.entropy(scipy.special.softmax(b * r)) for r in rows]))


def sharpness(data):
    wanted = min(20, len(data) / 4)
    return scipy.optimize.brentq(lambda b: perplexity(data, b) - wanted, 1, 1000)


def recall(y, data, b):
    return unit(unit(y) + 0.3 * unit(scipy.special.softmax(b * unit(y) @ data.T, axis=1) @ data))


enter, leave = balanced(xd, smoothed(ad, xd))[0], balanced(yd, smoothed(bd, yd))[1]
maps["automatic"] = enter @ leave
sharp = sharpness(yd)
carried = recall(xd @ enter @ leave, yd, sharp)
off = max(np.abs(recall(xd @ enter @ leave, yd, sharp * f) - carried).max() for f in (0.9995, 1.0005))
out["sharpness"] = [sharpness(xd), sharp]
out["carried"] = dump(carried)
out["carried_by_half_a_permille"] = float(off)
out["maps"] = {k: dump(v) for k, v in maps.items()}
singular = np.linalg.svd(a, compute_uv=False)
share = singular / singular.sum()
out["condition"] = float(np.linalg.cond(a))
out["effective_rank"] = float(np.exp(scipy.stats.entropy(share)))
norms = np.linalg.norm(x_raw, axis=1)
out["norms"] = [float(norms.mean()), float(norms.std())]
ra, rb = x @ a.T, y @ b.T
out["mismatch"] = float(np.linalg.norm(ra - rb) / np.linalg.norm(rb))
print(json.dumps(out))
