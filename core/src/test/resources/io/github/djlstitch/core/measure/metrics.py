# SPDX-License-Identifier: Apache-2.0
"""Writes metrics.golden.txt with scikit-learn: python3 metrics.py > metrics.golden.txt"""
import random
import warnings

import sklearn
from sklearn.metrics import accuracy_score, f1_score, mean_absolute_error

warnings.simplefilter("ignore")  # scikit-learn warns of absent classes; F1 is 0 there
print(f"# Computed by scikit-learn {sklearn.__version__} (metrics.py).")
print("# classes | expected | predicted | accuracy | f1_weighted | f1_macro | mae")


def line(classes, expected, predicted):
    scores = [
        accuracy_score(expected, predicted),
        f1_score(expected, predicted, average="weighted"),
        f1_score(expected, predicted, average="macro"),
        mean_absolute_error(expected, predicted),
    ]
    labels = [" ".join(map(str, v)) for v in (expected, predicted)]
    print(" | ".join([str(classes), *labels, *(repr(float(s)) for s in scores)]))


line(2, [0, 1, 1, 0], [0, 1, 0, 0])
line(3, [0, 0, 1, 1], [0, 0, 1, 1])  # class 2 nowhere
line(4, [0, 0, 1], [3, 3, 3])  # all predictions of a class that is not there
line(3, [2], [0])
line(5, [1, 1, 1, 1], [1, 1, 1, 4])  # one true class
source = random.Random(1)
for classes in (2, 3, 7, 20):
    for n in (5, 60):
        expected = [source.randrange(classes) for _ in range(n)]
        noise = [source.randrange(classes) for _ in range(n)]
        line(classes, expected, [e if source.random() < 0.6 else p for e, p in zip(expected, noise)])
