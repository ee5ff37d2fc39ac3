# SPDX-License-Identifier: Apache-2.0
"""Writes linear.golden.txt with scikit-learn: python3 linear.py > linear.golden.txt"""
import numpy as np
import sklearn
from sklearn.linear_model import LogisticRegression

N, D, C, L2 = 40, 4, 3, 0.01
random = np.random.default_rng(7)
labels = random.integers(0, C, N)
x = (random.normal(size=(N, D)) + 0.8 * np.eye(C, D)[labels]).astype(np.float32)
print(f"# Computed by scikit-learn {sklearn.__version__}, LogisticRegression(C=1/(N*l2)) (linear.py).")
print(f"# {N} samples of {D} values in {C} classes, l2 = {L2}: label, values.")
for label, row in zip(labels, x):
    print("sample", label, *(repr(float(v)) for v in row))
for name, weight in (("plain", None), ("balanced", "balanced")):
    model = LogisticRegression(C=1 / (N * L2), tol=1e-12, max_iter=100_000, class_weight=weight)
    model.fit(x.astype(np.float64), labels)
    for weights, bias in zip(model.coef_, model.intercept_):
        print(name, *(repr(float(v)) for v in (*weights, bias)))
