# SPDX-License-Identifier: Apache-2.0
"""What was tried for the default codec, in NumPy: stitched accuracy of variants, mean over pairs and seeds.

    for e in minilm bge-small e5-small; do for s in train test; do
      ./stitch encode --encoder $e --dataset trec:DIR --split $s --out spaces/$e-$s.safetensors; done; done
    pip install numpy scikit-learn
    python3 docs/benchmarks/codecs.py spaces 100
"""
import json
import struct
import sys
from pathlib import Path

import numpy as np
from sklearn.linear_model import LogisticRegression

SEEDS, L2 = 3, 3e-5


def unit(x):
    return x / np.maximum(np.linalg.norm(x, axis=-1, keepdims=True), 1e-12)


def read(file):
    raw = file.read_bytes()
    size = struct.unpack("<Q", raw[:8])[0]
    head = json.loads(raw[8 : 8 + size])

    def tensor(name, kind):
        begin, end = head[name]["data_offsets"]
        return np.frombuffer(raw[8 + size + begin : 8 + size + end], kind)

    ids = np.array(tensor("ids", np.uint8).tobytes().decode().split("\n"))
    order = np.argsort(ids)
    vectors = tensor("vectors", np.float32).reshape(head["vectors"]["shape"])
    return vectors[order].astype(float), tensor("labels", np.int32)[order]


class Space:
    def __init__(self, folder, name):
        raw, labels = read(folder / f"{name}-train.safetensors")
        test, self.truth = read(folder / f"{name}-test.safetensors")
        centre = unit(raw).mean(0)
        self.data, self.test = unit(unit(raw) - centre), unit(unit(test) - centre)
        n = len(self.data)
        self.head = LogisticRegression(C=1 / (n * L2), max_iter=3000, tol=1e-5).fit(self.data, labels)
        w, v = np.linalg.eigh(np.cov(self.data.T))
        self.v, self.w = v[:, ::-1], w[::-1]
        self.sharpness = self.bisect()

    def bisect(self):
        z = self.data[:300] @ self.data.T
        z[np.arange(len(z)), np.arange(len(z))] = -1e6
        low, high = 1.0, 1000.0
        while high / low > 1.001:
            b = np.sqrt(low * high)
            p = softmax(b * z)
            spread = np.exp(-(p * np.log(p + 1e-300)).sum(1).mean())
            low, high = (b, high) if spread > 20 else (low, b)
        return np.sqrt(low * high)


def softmax(z):
    p = np.exp(z - z.max(1, keepdims=True))
    return p / p.sum(1, keepdims=True)


def split_gram(a, lam, split):
    """a (A, r) -> (r, A) for the encoder and (A, r) for the decoder."""
    e, u = np.linalg.eigh(a.T @ a)
    e = e.clip(0) + lam
    return (u * e**-split) @ u.T @ a.T, a @ (u * e ** (split - 1)) @ u.T


def linear(rank, power, lam, split):
    def fit(s, a):
        r = int(min(rank(len(a), a.shape[1]), a.shape[1], len(s.data) - 1))
        scale = (s.w[:r] / s.w[0]) ** power
        f, back = s.v[:, :r] / scale, s.v[:, :r] * scale
        k = a @ f
        mean = np.trace(k.T @ k) / r
        share = min(1, len(a) / a.shape[1])
        enc, dec = split_gram(k, lam(share) * mean, split(share))
        return lambda x: x @ f @ enc, lambda c: c @ dec @ back.T

    return fit


def coordinates(s, a):
    enc, dec = split_gram(a, 1, 1)
    return lambda x: x @ enc, lambda c: c @ dec


def kernel(gamma):
    """Features by kernel PCA over 2,000 data, read back by regression on the space's own data."""

    def fit(s, a):
        marks = s.data[np.random.default_rng(0).choice(len(s.data), min(len(s.data), 2000), replace=False)]
        k = np.exp(gamma * (marks @ marks.T - 1))
        mean, all_ = k.mean(1), k.mean()
        w, v = np.linalg.eigh(k - mean[:, None] - mean[None] + all_)
        r = len(a) // 2
        f = v[:, ::-1][:, :r] / np.sqrt(w[::-1][:r])

        def phi(x):
            q = np.exp(gamma * (x @ marks.T - 1))
            return (q - q.mean(1)[:, None] - mean[None] + all_) @ f

        p, k = phi(s.data), phi(a)
        back = np.linalg.solve(p.T @ p + 0.01 * np.trace(p.T @ p) / r * np.eye(r), p.T @ s.data)
        enc, dec = split_gram(k, 0.1 * np.trace(k.T @ k) / r, 0.75)
        return lambda x: phi(x) @ enc, lambda c: c @ dec @ back

    return fit


def near(q, s, k=20):
    rows = np.argpartition(-(q @ s.data.T), k, axis=1)[:, :k]
    return unit(s.data[rows].mean(1))


def with_steps(codec, anchors=0.0, before=0.0, after=0.0):
    def fit(s, a):
        if anchors:
            a = unit(a + anchors * near(a, s))
        enc, dec = codec(s, a)
        first = (lambda x: unit(x + before * near(x, s))) if before else (lambda x: x)
        memory = lambda y: unit(softmax(s.sharpness * (unit(y) @ s.data.T)) @ s.data)
        last = (lambda y: unit(unit(y) + after * memory(y))) if after else (lambda y: y)
        return lambda x: enc(first(x)), lambda c: last(dec(c))

    return fit


def both(one, other):
    """The mean of two codecs' unit vectors."""

    def fit(s, a):
        e1, d1 = one(s, a)
        e2, d2 = other(s, a)
        return lambda x: (e1(x), e2(x)), lambda c: unit(d1(c[0])) + unit(d2(c[1]))

    return fit


BALANCED = linear(lambda n, d: 0.7 * n, 0, lambda q: 0.1 + 0.2 * q, lambda q: 0.5 + 0.25 * q)
PARSEVAL = linear(lambda n, d: n / 2, 0, lambda q: 0.1, lambda q: 0.5)
VARIANTS = {
    "coordinates, lambda 1": coordinates,
    "Parseval, A/2 components": PARSEVAL,
    "Parseval, components whitened by W^-1/4": linear(lambda n, d: n / 2, 0.25, lambda q: 0.1, lambda q: 0.5),
    "Parseval, components weighted by W^1/4": linear(lambda n, d: n / 2, -0.25, lambda q: 0.1, lambda q: 0.5),
    "A/2 components, split 3/4": linear(lambda n, d: n / 2, 0, lambda q: 0.1, lambda q: 0.75),
    "A/2 components, split 1": linear(lambda n, d: n / 2, 0, lambda q: 0.1, lambda q: 1),
    "all components, split 3/4, lambda .3": linear(lambda n, d: d, 0, lambda q: 0.3, lambda q: 0.75),
    "balanced": BALANCED,
    "mean of coordinates and Parseval": both(coordinates, PARSEVAL),
    "kernel PCA, RBF gamma 1": kernel(1),
    "kernel PCA, RBF gamma 3": kernel(3),
    "balanced, anchors smoothed": with_steps(BALANCED, anchors=0.5),
    "balanced, queries smoothed": with_steps(BALANCED, before=0.5),
    "balanced, drawn to data": with_steps(BALANCED, after=0.3),
    "balanced, drawn to data twice as much": with_steps(BALANCED, after=0.6),
    "balanced, anchors smoothed and drawn to data (auto)": with_steps(BALANCED, anchors=0.5, after=0.3),
    "kernel PCA gamma 3, anchors smoothed, drawn to data": with_steps(kernel(3), anchors=0.5, after=0.3),
}


def main(folder, count):
    names = sorted(f.name[: -len("-train.safetensors")] for f in folder.glob("*-train.safetensors"))
    spaces = [Space(folder, name) for name in names]
    print(f"{folder.name}, {count} anchors, {SEEDS} seeds, {', '.join(names)}")
    for label, codec in VARIANTS.items():
        found = []
        for seed in range(SEEDS):
            rows = np.random.default_rng(seed).choice(len(spaces[0].data), count, replace=False)
            fitted = [codec(s, s.data[rows]) for s in spaces]
            for i, x in enumerate(spaces):
                codes = fitted[i][0](x.test)
                for j, y in enumerate(spaces):
                    if i != j:
                        found.append((y.head.predict(unit(fitted[j][1](codes))) == y.truth).mean())
        print(f"{label:52} {np.mean(found):.3f} +- {np.std(found, ddof=1):.3f}", flush=True)


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]))
