# Compares ways back from a centered frame by what retrieval they leave, as shares of full re-embedding.
# Needs Python 3, NumPy and safetensors, and what `stitch encode` makes of the documents and queries:
#   python way_back.py COLLECTION-FOLDER PREFIX
# reads COLLECTION-FOLDER/{docs,queries,qrels}.tsv and PREFIX-{minilm,bge-small,e5-small}-{docs,queries}.safetensors.
import itertools
import sys

import numpy as np
from safetensors.numpy import load_file

FOLDER, PREFIX = sys.argv[1:3]
ENCODERS = ["minilm", "bge-small", "e5-small"]


def unit(x):
    return x / np.maximum(np.linalg.norm(x, axis=1, keepdims=True), 1e-12)


def ids(name):
    with open(f"{FOLDER}/{name}.tsv", encoding="utf-8") as lines:
        return [line.split("\t")[0] for line in lines]


def judged():
    row = {d: i for i, d in enumerate(ids("docs"))}
    found = {q: set() for q in ids("queries")}
    with open(f"{FOLDER}/qrels.tsv", encoding="utf-8") as lines:
        for line in lines:
            query, document, gain = line.split()
            if float(gain) > 0 and query in found and document in row:
                found[query].add(row[document])
    return list(found.values())


RELEVANT = judged()


def ndcg(queries, documents, k=10):
    top = np.argsort(-(unit(queries) @ unit(documents).T), axis=1)[:, :k]
    discount = 1 / np.log2(np.arange(k) + 2)
    return np.mean(
        [
            sum(discount[i] for i, d in enumerate(row) if d in good) / discount[: min(len(good), k)].sum()
            for good, row in zip(RELEVANT, top)
            if good
        ]
    )


def to_sphere(v, center):
    """Where the ray from the center along v leaves the unit sphere: what `stitch translate` does."""
    cosine = v @ center.T
    step = np.sqrt(np.maximum(0, cosine * cosine + 1 - (center * center).sum())) - cosine
    return center + step * v


def ways(x, y, sample, vectors):
    """Procrustes on the centered sample; vectors (N, D) of the first space in the second."""
    mx, my = x[sample].mean(0, keepdims=True), y[sample].mean(0, keepdims=True)
    u, _, vt = np.linalg.svd(unit(x[sample] - mx).T @ unit(y[sample] - my))
    v = unit(unit(vectors - mx) @ u @ vt)
    w, _, zt = np.linalg.svd((x[sample] - mx).T @ (y[sample] - my))
    spread = np.sqrt(1 - (my * my).sum())  # root mean square of |y - my|
    yield "my + (x - mx) R", my + (vectors - mx) @ w @ zt
    yield "to the sphere", to_sphere(v, my)
    for factor in (1, 1.3, 2, 3):
        yield f"my + {factor} s v", my + factor * spread * v
    yield "v", v


def main():
    spaces = {}
    for encoder in ENCODERS:
        both = (load_file(f"{PREFIX}-{encoder}-{s}.safetensors")["vectors"] for s in ("docs", "queries"))
        spaces[encoder] = [unit(vectors.astype(np.float64)) for vectors in both]
    shares = {}
    for size, (a, b), seed in itertools.product((300, 1000), itertools.permutations(ENCODERS, 2), (0, 1)):
        (dx, qx), (dy, qy) = spaces[a], spaces[b]
        sample = np.random.default_rng(seed).permutation(len(dx))[:size]
        full = ndcg(qy, dy)
        for (name, documents), (_, queries) in zip(ways(dx, dy, sample, dx), ways(dx, dy, sample, qx)):
            shares.setdefault((size, "documents", name), []).append(ndcg(qy, documents) / full)
            shares.setdefault((size, "queries", name), []).append(ndcg(queries, dy) / full)
    for (size, side, name), values in sorted(shares.items()):
        print(f"{size:5} {side:10} {name:16} {np.mean(values):.3f}")


main()
