# SPDX-License-Identifier: Apache-2.0
"""NumPy, SciPy and scikit-learn choosing anchors, beside AnchorBenchmark.

    pip install numpy scipy scikit-learn threadpoolctl
    python3 docs/benchmarks/anchors.py
    mvn -Pbench -pl core -am test -Dtest=AnchorBenchmark
"""
import statistics
import time

import numpy as np
import scipy
import sklearn
from scipy.linalg import qr
from sklearn.cluster import KMeans

ROUNDS = 3


def measure(what, task):
    seconds = []
    for _ in range(ROUNDS):
        start = time.perf_counter()
        found = task()
        seconds.append(time.perf_counter() - start)
    print(f"{what:68s} median {statistics.median(seconds):6.2f} s, best {min(seconds):6.2f} s ({found})", flush=True)


def data(rows, width, clusters):
    rng = np.random.default_rng(1)
    noise = rng.standard_normal((rows, width), dtype=np.float32)
    if clusters > 1:
        noise += rng.standard_normal((clusters, width), dtype=np.float32)[np.arange(rows) % clusters]
    return noise


def farthest(x, count, euclidean):
    u = x / np.linalg.norm(x, axis=1, keepdims=True)
    least = np.full(len(u), np.inf, dtype=np.float32)
    chosen = [0]
    while len(chosen) < count:
        c = u @ u[chosen[-1]]
        np.minimum(least, 1 - c if euclidean else 1 - np.abs(c), out=least)
        least[chosen[-1]] = -1
        chosen.append(int(least.argmax()))
    return len(chosen)


def clusters(x):
    found = KMeans(300, n_init=1, random_state=0).fit(x)
    return f"{found.n_iter_} iterations, inertia {found.inertia_:.0f}"


if __name__ == "__main__":
    print(f"numpy {np.__version__}, scipy {scipy.__version__}, scikit-learn {sklearn.__version__}")
    for k in (1, 100):
        x = data(20_000, 384, k)
        measure(f"k-means 300 of 20,000 x 384, {k} cluster(s)", lambda: clusters(x))
    x = data(20_000, 384, 1)
    measure("pivots 300 of 20,000 x 384 (SciPy: all 384)",
            lambda: len(qr(x.T.astype(np.float64), mode="r", pivoting=True)[1][:300]))
    for k in (1, 50):
        x = data(100_000, 768, k)
        for euclidean in (False, True):
            name = "euclidean" if euclidean else "absolute_cosine"
            measure(f"farthest 1,000 of 100,000 x 768, {name}, {k} cluster(s)",
                    lambda: farthest(x, 1000, euclidean))
