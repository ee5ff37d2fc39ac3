# Needs Python 3 and NumPy; writes pmi.json beside it: a small corpus, the positive pointwise mutual
# information of its words (dense, float64) and the Gram of the scaled left singular vectors.
import collections, json, pathlib, re

import numpy as np

TEXTS = [
    "The cat sat on the mat; the dog lay beside it.",
    "A dog and a cat: both are animals that live in a house.",
    "The sun warms the sea, and the sea warms the wind.",
    "Wind moves the sea; the sea moves a boat.",
    "A boat lay on the sea. The sun sat on the sea.",
    "The cat and the dog live in the house beside the sea.",
]
LEAST, WINDOW, WIDTH = 2, 3, 4

split = [re.findall(r"[a-z]+", t.lower()) for t in TEXTS]
counts = collections.Counter(w for t in split for w in t)
words = sorted((w for w in counts if counts[w] >= LEAST), key=lambda w: (-counts[w], w))
near = np.zeros((len(words), len(words)))
for text in split:
    kept = [words.index(w) for w in text if w in words]
    for i, a in enumerate(kept):
        for j, b in enumerate(kept):
            if i != j and abs(i - j) <= WINDOW:
                near[a, b] += (WINDOW + 1 - abs(i - j)) / WINDOW
sums = near.sum(1)
context = sums**0.75 / (sums**0.75).sum()
with np.errstate(divide="ignore"):
    pmi = np.maximum(0, np.log(near / np.outer(sums, context)))
u, s, _ = np.linalg.svd(pmi)
scaled = u[:, :WIDTH] * s[:WIDTH]
out = {
    "texts": TEXTS, "least": LEAST, "window": WINDOW, "width": WIDTH,
    "words": words, "counts": [counts[w] for w in words],
    "pmi": pmi.round(7).tolist(), "gram": (scaled @ scaled.T).round(6).tolist(),
}
assert s[WIDTH - 1] - s[WIDTH] > 1e-2  # so that the Gram is one
lines = ",\n".join(json.dumps(k) + ": " + json.dumps(v) for k, v in out.items())
pathlib.Path(__file__).with_name("pmi.json").write_text("{\n" + lines + "\n}\n")
