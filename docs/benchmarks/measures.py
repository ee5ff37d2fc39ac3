# SPDX-License-Identifier: Apache-2.0
"""What MeasureBenchmark measures, with NumPy in float64: OMP_NUM_THREADS=2 python3 measures.py [rows]

The same formulas: linear CKA from cross products of features, neighbours and distances in blocks of rows.
"""
import sys
import time

import numpy as np

rows = int(sys.argv[1]) if len(sys.argv) > 1 else 20_000
width = 768
rng = np.random.default_rng(1)


def timed(what, rounds, run):
    if rounds > 1:
        run()
    seconds = []
    for _ in range(rounds):
        start = time.perf_counter()
        run()
        seconds.append(time.perf_counter() - start)
    print(f"{what:36s} median {sorted(seconds)[rounds // 2]:7.3f} s, best {min(seconds):7.3f} s", flush=True)


def cka():
    a, b = x.astype(np.float64), y.astype(np.float64)
    a -= a.mean(0)
    b -= b.mean(0)
    return np.sum((a.T @ b) ** 2) / np.sqrt(np.sum((a.T @ a) ** 2) * np.sum((b.T @ b) ** 2))


def unit(a):
    a = a.astype(np.float64)
    return a / np.linalg.norm(a, axis=1, keepdims=True)


def nearest(u, k):
    found = []
    for i in range(0, rows, 512):
        c = u[i : i + 512] @ u.T
        c[np.arange(len(c)), i + np.arange(len(c))] = -np.inf
        found.append(np.argpartition(-c, k, axis=1)[:, :k])
    return np.concatenate(found)


def mutual_knn():
    return np.mean([len(np.intersect1d(p, q)) for p, q in zip(nearest(unit(x), 10), nearest(unit(y), 10))]) / 10


def distances(a, squares, i, j):
    d = squares[i : i + 1024, None] + squares[None, j : j + 1024] - 2 * a[i : i + 1024] @ a[j : j + 1024].T
    return np.sqrt(np.maximum(d, 0))


def dcor():
    a, b = x.astype(np.float64), y.astype(np.float64)
    p, q = np.sum(a * a, axis=1), np.sum(b * b, axis=1)
    sums, ka, kb = np.zeros(3), np.zeros(rows), np.zeros(rows)
    for i in range(0, rows, 1024):
        for j in range(i, rows, 1024):
            k, l = distances(a, p, i, j), distances(b, q, i, j)
            sums += (1 if i == j else 2) * np.array([np.vdot(k, l), np.vdot(k, k), np.vdot(l, l)])
            ka[i : i + 1024] += k.sum(1)
            kb[i : i + 1024] += l.sum(1)
            if i != j:
                ka[j : j + 1024] += k.sum(0)
                kb[j : j + 1024] += l.sum(0)
    c = lambda s, u, v: s - 2 / rows * (u @ v) + u.sum() * v.sum() / rows**2
    return np.sqrt(c(sums[0], ka, kb) / np.sqrt(c(sums[1], ka, ka) * c(sums[2], kb, kb)))


square = rng.normal(size=(width, width)).astype(np.float32).astype(np.float64)
timed("singular values, 768 x 768", 7, lambda: np.linalg.svd(square, compute_uv=False))
timed("pseudo-inverse, 768 x 768", 7, lambda: np.linalg.pinv(square))
x = rng.normal(size=(rows, width)).astype(np.float32)
y = x + rng.normal(size=(rows, width)).astype(np.float32)
timed(f"cka, {rows} x 768", 5, cka)
timed(f"mutual-knn@10, {rows} x 768", 1, mutual_knn)
timed(f"dcor, {rows} x 768", 1, dcor)
