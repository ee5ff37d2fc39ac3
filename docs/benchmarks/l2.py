# Chooses the L2 weight of the linear head on training samples only: accuracy on a held-out fifth of
# TREC's training split, each encoder reading itself, for the absolute and the relative space.
# Needs numpy. Input: latent-space files of the training split, written by
#   ./stitch encode --encoder minilm --dataset trec:DIR --split train --out minilm.safetensors
# Run: python3 docs/benchmarks/l2.py minilm.safetensors bge-small.safetensors e5-small.safetensors
import json
import struct
import sys

import numpy as np


def load(path):
    with open(path, "rb") as f:
        (size,) = struct.unpack("<Q", f.read(8))
        header = json.loads(f.read(size))
        data = f.read()

    def tensor(name, dtype):
        entry = header[name]
        begin, end = entry["data_offsets"]
        return np.frombuffer(data[begin:end], dtype).reshape(entry["shape"])

    return tensor("vectors", "<f4").astype(np.float64), tensor("labels", "<i4")


def unit(x):
    return x / np.linalg.norm(x, axis=1, keepdims=True)


def fit(x, y, l2, steps=400):
    n = len(x)
    x = np.hstack([x, np.ones((n, 1))])
    penalty = np.full(x.shape[1], l2)
    penalty[-1] = 0
    inverse = np.linalg.inv(0.5 * x.T @ x / n + np.diag(np.maximum(penalty, 1e-8)))
    w = np.zeros((x.shape[1], y.shape[1]))
    v, t = w.copy(), 1.0
    for _ in range(steps):
        z = x @ v
        p = np.exp(z - z.max(1, keepdims=True))
        p /= p.sum(1, keepdims=True)
        g = x.T @ (p - y) / n + penalty[:, None] * v
        if np.abs(g).max() < 2e-6:
            break
        step = v - inverse @ g
        if ((v - step) * (step - w)).sum() > 0:
            t = 1.0
        t2 = (1 + np.sqrt(1 + 4 * t * t)) / 2
        v, w, t = step + (t - 1) / t2 * (step - w), step, t2
    return w


def score(x, y, w):
    return ((x @ w[:-1] + w[-1]).argmax(1) == y).mean()


spaces = [load(path) for path in sys.argv[1:]]
order = np.random.default_rng(7).permutation(len(spaces[0][1]))
cut = len(order) * 4 // 5
train, held_out = order[:cut], order[cut:]
for l2 in (1e-3, 3e-4, 1e-4, 3e-5, 1e-5, 3e-6):
    scores = {"absolute": [], "relative": []}
    for seed in range(3):
        anchors = np.random.default_rng(seed).choice(train, 768, replace=False)
        for x, labels in spaces:
            u = unit(x)
            u = unit(u - u[anchors].mean(0))
            y = np.eye(labels.max() + 1)[labels]
            for name, features in (("absolute", u), ("relative", u @ u[anchors].T)):
                w = fit(features[train], y[train], l2)
                scores[name].append(score(features[held_out], labels[held_out], w))
    print(l2, {name: f"{np.mean(v):.4f}" for name, v in scores.items()}, flush=True)
