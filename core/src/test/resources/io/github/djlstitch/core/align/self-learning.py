# SPDX-License-Identifier: Apache-2.0
"""Values of self-learning, by NumPy in float64: python3 self-learning.py > self-learning.json (needs numpy)."""
import json

import numpy as np

ROUNDS = 3


def unit(x):
    return x / np.linalg.norm(x, axis=1, keepdims=True)


def softmax(z):
    p = np.exp(z - z.max(axis=1, keepdims=True))
    return p / p.sum(axis=1, keepdims=True)


def sharpness(target):
    z = target @ target.T
    np.fill_diagonal(z, -1e6)
    wanted, low, high = min(20, len(target) / 4), 1.0, 1000.0
    while high / low > 1.001:
        middle = np.sqrt(low * high)
        p = softmax(middle * z)
        spread = np.exp(-(p * np.log(p + 1e-300)).sum(axis=1).mean())
        low, high = (middle, high) if spread > wanted else (low, middle)
    return np.sqrt(low * high)


rng = np.random.default_rng(7)
rotation = np.linalg.qr(rng.normal(size=(6, 6)))[0][:, :5]
centers = rng.normal(size=(8, 6))
source = unit(centers[rng.integers(8, size=40)] + 0.3 * rng.normal(size=(40, 6)))
target = unit((centers[rng.integers(8, size=50)] + 0.3 * rng.normal(size=(50, 6))) @ rotation)
pairs = unit(centers[:4] + 0.1 * rng.normal(size=(4, 6)))
partners = unit(pairs @ rotation)
source, target, pairs, partners = (np.round(m, 4) for m in (source, target, pairs, partners))
carried = np.round(unit(source @ pairs.T @ partners), 4)  # by the pairs' inner products

there, found, b = carried, None, sharpness(target)
for _ in range(ROUNDS):
    near = softmax(b * (unit(there) @ target.T)) @ target
    cross = source.T @ near / len(source) + pairs.T @ partners / len(pairs)
    u, _, v = np.linalg.svd(cross, full_matrices=False)
    found = u @ v
    there = source @ found
cosine = float((unit(there) * unit(near)).sum(axis=1).mean())
names = dict(from_=pairs, to=partners, source=source, carried=carried, target=target, map=found)
print(json.dumps({k.rstrip("_"): v.tolist() for k, v in names.items()} | {"cosine": cosine}))
