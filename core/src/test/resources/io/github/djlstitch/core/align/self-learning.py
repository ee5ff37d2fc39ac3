# SPDX-License-Identifier: Apache-2.0
"""Values of self-learning, by NumPy in float64: python3 self-learning.py > self-learning.json (needs numpy)."""
import json

import numpy as np

ROUNDS, NEIGHBORS = 3, 4


def unit(x):
    return x / np.linalg.norm(x, axis=1, keepdims=True)


def matches(queries, target):
    order = np.argsort(-(queries @ target.T), axis=1)[:, :NEIGHBORS]
    return target[order].mean(axis=1)


rng = np.random.default_rng(7)
rotation = np.linalg.qr(rng.normal(size=(6, 6)))[0][:, :5]
centers = rng.normal(size=(8, 6))
source = unit(centers[rng.integers(8, size=40)] + 0.3 * rng.normal(size=(40, 6)))
target = unit((centers[rng.integers(8, size=50)] + 0.3 * rng.normal(size=(50, 6))) @ rotation)
pairs = unit(centers[:4] + 0.1 * rng.normal(size=(4, 6)))
partners = unit(pairs @ rotation)
source, target, pairs, partners = (np.round(m, 4) for m in (source, target, pairs, partners))
carried = np.round(unit(source @ pairs.T @ partners), 4)  # by the pairs' inner products

there, found = carried, None
for _ in range(ROUNDS):
    near = matches(there, target)
    cross = source.T @ near / len(source) + pairs.T @ partners / len(pairs)
    u, _, v = np.linalg.svd(cross, full_matrices=False)
    found = u @ v
    there = source @ found
cosine = float((unit(there) * unit(near)).sum(axis=1).mean())
names = dict(from_=pairs, to=partners, source=source, carried=carried, target=target, map=found)
print(json.dumps({k.rstrip("_"): v.tolist() for k, v in names.items()} | {"cosine": cosine}))
