# SPDX-License-Identifier: Apache-2.0
"""Few anchors: ceilings, and what was tried beyond the automatic codec, in NumPy, PyTorch and scikit-learn.

    for e in minilm bge-small e5-small; do for s in train test; do
      ./stitch encode --encoder $e --dataset trec:DIR --split $s --out spaces/$e-$s.safetensors; done; done
    pip install numpy scikit-learn torch
    python3 docs/benchmarks/few_anchors.py spaces 100,768 [ceilings] [tried]

Stitched accuracy of an absolute linear head, mean over the ordered pairs and three seeds of anchors, and the share of
the heads' own accuracy. "same": both spaces' unlabeled data are the same texts, unknown to be; "disjoint": half of the
texts each, none in both.
"""
import json
import struct
import sys
from pathlib import Path

import numpy as np
from sklearn.linear_model import LogisticRegression

SEEDS = 3
WEIGHTS = [1e-2, 3e-3, 1e-3, 3e-4, 1e-4, 3e-5]
ROUNDS, DATA = 6, 3000


def unit(x):
    return x / np.maximum(np.linalg.norm(x, axis=-1, keepdims=True), 1e-12)


def softmax(z):
    p = np.exp(z - z.max(1, keepdims=True))
    return p / p.sum(1, keepdims=True)


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
    return vectors[order], tensor("labels", np.int32)[order]


def logistic(x, y, weight):
    return LogisticRegression(C=1 / (len(x) * weight), max_iter=1000, tol=1e-4).fit(x, y)


class Space:
    def __init__(self, folder, name):
        raw, self.labels = read(folder / f"{name}-train.safetensors")
        test, self.truth = read(folder / f"{name}-test.safetensors")
        center = unit(raw).mean(0)
        self.data, self.test = unit(unit(raw) - center), unit(unit(test) - center)
        model = self.head([self.data])
        self.w, self.b = model.coef_.T.astype(np.float32), model.intercept_.astype(np.float32)
        if len(self.b) == 1:
            raise SystemExit("needs three classes or more")
        self.axes = np.linalg.eigh(np.cov(self.data.T))[1][:, ::-1].astype(np.float32)
        self.sharpness = self.bisect()

    def head(self, views):
        """Trained on views of the data; the strongest weight within one standard error of the best on a fifth that is held out."""
        order = np.random.default_rng(0).permutation(len(self.labels))
        out, rest = order[: len(order) // 5], order[len(order) // 5 :]

        def fit(rows, weight):
            return logistic(np.concatenate([v[rows] for v in views]), np.tile(self.labels[rows], len(views)), weight)

        fits = [fit(rest, weight) for weight in WEIGHTS]
        found = [(fit.predict(self.data[out]) == self.labels[out]).mean() for fit in fits]
        least = max(found) - np.sqrt(max(found) * (1 - max(found)) / len(out))
        return fit(order, next(w for w, a in zip(WEIGHTS, found) if a >= least))

    def bisect(self):
        z = self.data[:300] @ self.data.T
        z[np.arange(len(z)), np.arange(len(z))] = -1e6
        low, high = 1.0, 1000.0
        while high / low > 1.001:
            b = np.sqrt(low * high)
            p = softmax(b * z)
            spread = np.exp(-(p * np.log(p + 1e-30)).sum(1).mean())
            low, high = (b, high) if spread > 20 else (low, b)
        return np.sqrt(low * high)

    def scores(self, x):
        return unit(x) @ self.w + self.b

    def accuracy(self, x):
        return (self.scores(x).argmax(1) == self.truth).mean()

    def answered(self, model, x):
        return (model.predict(unit(x)) == self.truth).mean()

    def recall(self, y):
        y = unit(y)
        return unit(y + 0.3 * unit(softmax(self.sharpness * (y @ self.data.T)) @ self.data))


def near(q, s, k=20):
    rows = np.argpartition(-(q @ s.data.T), k, axis=1)[:, :k]
    return unit(s.data[rows].mean(1))


def auto(s, idx):
    """The product's automatic codec: encoder and decoder of one space."""
    a = s.data[idx]
    a = unit(a + 0.5 * near(a, s))
    r = int(min(0.7 * len(a), a.shape[1], len(s.data) - 1))
    f, share = s.axes[:, :r], min(1, len(a) / a.shape[1])
    k = a @ f
    e, u = np.linalg.eigh(k.T @ k)
    e, split = e.clip(0) + (0.1 + 0.2 * share) * np.trace(k.T @ k) / r, 0.5 + 0.25 * share
    enc, dec = (u * e**-split) @ u.T @ k.T, k @ (u * e ** (split - 1)) @ u.T
    return lambda x: x @ f @ enc, lambda c: s.recall(c @ dec @ f.T)


def procrustes(x, y, rank=None):
    u, s, v = np.linalg.svd((x.T @ y).astype(float), full_matrices=False)
    return (u[:, :rank] @ v[:rank]).astype(np.float32)


def ridge(x, y):
    """The weight by leave-one-out."""
    u, s, v = np.linalg.svd(x.astype(float), full_matrices=False)
    best = None
    for weight in (0.01, 0.03, 0.1, 0.3, 1, 3, 10):
        g = s**2 / (s**2 + weight)
        residual = (y - u @ (g[:, None] * (u.T @ y))) / (1 - (u**2) @ g)[:, None]
        best = min(best or (np.inf, 0), ((residual**2).sum(), weight))
    return (v.T @ ((s / (s**2 + best[1]))[:, None] * (u.T @ y))).astype(np.float32)


def mlp(x, y, seed):
    """One hidden layer of 1,024, AdamW on the cosine, stopped by a tenth that is held out."""
    import torch

    torch.manual_seed(seed)
    x, y = torch.tensor(x), torch.tensor(y)
    order = torch.randperm(len(x))
    out, rest = order[: len(x) // 10], order[len(x) // 10 :]
    layers = [torch.nn.Linear(x.shape[1], 1024), torch.nn.GELU(), torch.nn.Dropout(0.1)]
    net = torch.nn.Sequential(*layers, torch.nn.Linear(1024, y.shape[1]))
    adam = torch.optim.AdamW(net.parameters(), 1e-3, weight_decay=1e-2)
    best, kept, worse = np.inf, None, 0
    while worse < 7:
        net.train()
        for rows in rest[torch.randperm(len(rest))].split(64):
            loss = (1 - torch.cosine_similarity(net(x[rows]), y[rows])).mean()
            adam.zero_grad()
            loss.backward()
            adam.step()
        net.eval()
        with torch.no_grad():
            now = (1 - torch.cosine_similarity(net(x[out]), y[out])).mean().item()
        worse = 0 if now < best - 1e-5 else worse + 1
        if worse == 0:
            best, kept = now, {k: v.clone() for k, v in net.state_dict().items()}
    net.load_state_dict(kept)
    return lambda q: net(torch.tensor(q)).detach().numpy()


def unlabeled(a, b, seed, disjoint):
    order = np.random.default_rng(1000 + seed).permutation(len(a.data))
    half = len(order) // 2
    left, right = (order[:half], order[half:]) if disjoint else (order, np.random.default_rng(2000 + seed).permutation(order))
    return a.data[left[:DATA]], b.data[right[:DATA]]


def matches(q, b, y, nearest):
    """Targets that vectors attend to as the memory does; or the mean of so many that are nearest."""
    out = np.empty((len(q), y.shape[1]), np.float32)
    for i in range(0, len(q), 500):
        near = q[i : i + 500] @ y.T
        if nearest:
            out[i : i + 500] = y[np.argpartition(-near, nearest, 1)[:, :nearest]].mean(1)
        else:
            out[i : i + 500] = softmax(b.sharpness * near) @ y
    return out


def self_learning(a, b, idx, seed, disjoint, nearest=None, pairs=1):
    """The true pairs weigh so much, beside all matches together."""
    x, y = unlabeled(a, b, seed, disjoint)
    enc, dec = auto(a, idx)[0], auto(b, idx)[1]
    carried, weight = dec(enc(x)), np.float32(np.sqrt(pairs * len(x) / len(idx)))
    for _ in range(ROUNDS):
        near = matches(unit(carried), b, y, nearest)
        w = procrustes(np.r_[x, weight * a.data[idx]], np.r_[near, weight * b.data[idx]])
        carried = x @ w
    return w


def whitened(y, b, share=0.3):
    """Test-time vectors as one: their mean and covariance, drawn to its trace, become those of the data."""
    y = unit(y)

    def power(x, exponent):
        c = np.cov(x.T)
        e, u = np.linalg.eigh(c + share * np.trace(c) / len(c) * np.eye(len(c)))
        return (u * e**exponent) @ u.T

    return unit(((y - y.mean(0)) @ power(y, -0.5) @ power(b.data, 0.5)).astype(np.float32))


def for_the_task(b, count, seed):
    """Anchors spread over what the head answers: farthest points of its probabilities, from one at random."""
    p = softmax(10 * b.scores(b.data) / b.scores(b.data).std())
    rows = [np.random.default_rng(seed).integers(len(p))]
    far = np.full(len(p), np.inf)
    while len(rows) < count:
        far = np.minimum(far, ((p - p[rows[-1]]) ** 2).sum(1))
        far[rows] = -1
        rows.append(int(far.argmax()))
    return np.array(rows)


def student(a, b, idx):
    """A head in the encoder's own space that learns the head's answers over the automatic codec, softened by none."""
    enc, dec = auto(a, idx)[0], auto(b, idx)[1]
    answers = b.scores(dec(enc(a.data))).argmax(1)
    return (logistic(a.data, answers, 3e-4).predict(a.test) == b.truth).mean()


def labels_only(a, b, idx):
    """No bridge: a head of the encoder's own, trained on the labels of the anchors."""
    return (logistic(a.data[idx], b.labels[idx], 1e-3).predict(a.test) == b.truth).mean()


def relaxed(a, b, idx, seed, disjoint, weight=10.0, pairs=4):
    """A last round by ridge regression towards the self-learned map."""
    x, y = unlabeled(a, b, seed, disjoint)
    w = self_learning(a, b, idx, seed, disjoint)
    k = np.float32(np.sqrt(pairs * len(x) / len(idx)))
    p, q = np.r_[x, k * a.data[idx]].astype(float), np.r_[matches(unit(x @ w), b, y, None), k * b.data[idx]]
    gram = p.T @ p
    lam = weight * np.trace(gram) / len(gram)
    return np.linalg.solve(gram + lam * np.eye(len(gram)), p.T @ q + lam * w).astype(np.float32)


def show(spaces, label, one, seeds=SEEDS, sets=None):
    pairs = [(a, b) for a in spaces for b in spaces if a is not b]
    own = np.mean([b.accuracy(b.test) for _, b in pairs])
    found = np.array([one(a, b, idx, seed) for seed in range(seeds) for idx in [sets[seed]] for a, b in pairs])
    print(f"{label:46} {found.mean():.3f} +- {found.std():.3f}   kept {found.mean() / own:.3f}", flush=True)


def trained_on_the_round_trip(spaces, sets):
    """Heads trained on their data and on what the automatic codec of their own space makes of them."""
    found = {"own": [], "auto": [], "self-learning": []}
    for seed, idx in enumerate(sets):
        for b in spaces:
            enc, dec = auto(b, idx)
            model = b.head([b.data, unit(dec(enc(b.data)))])
            found["own"].append(b.answered(model, b.test))
            for a in spaces:
                if a is not b:
                    found["auto"].append(b.answered(model, dec(auto(a, idx)[0](a.test))))
                    learned = b.recall(a.test @ self_learning(a, b, idx, seed, False))
                    found["self-learning"].append(b.answered(model, learned))
    own = np.mean([s.accuracy(s.test) for s in spaces])
    for name, values in found.items():
        print(f"{'heads trained on the round trip, ' + name:46} {np.mean(values):.3f} +- {np.std(values):.3f}   kept {np.mean(values) / own:.3f}", flush=True)


def vote(spaces, idx, seed):
    """Both other encoders answer; the mean of their probabilities decides."""
    found = []
    for b in spaces:
        answers = [softmax(b.scores(b.recall(a.test @ self_learning(a, b, idx, seed, False)))) for a in spaces if a is not b]
        found.append((sum(answers).argmax(1) == b.truth).mean())
    return found


def main(folder, counts, wanted):
    names = sorted(f.name[: -len("-train.safetensors")] for f in folder.glob("*-train.safetensors"))
    spaces = [Space(folder, name) for name in names]
    samples = len(spaces[0].data)
    own = [s.accuracy(s.test) for s in spaces]
    print(f"{folder.name}: {samples} texts, {', '.join(names)}; own {np.mean(own):.3f}")
    for count in counts:
        sets = [np.random.default_rng(s).choice(samples, min(count, samples), replace=False) for s in range(SEEDS)]
        print(f"{min(count, samples)} anchors")
        show(spaces, "auto", lambda a, b, i, s: b.accuracy(auto(b, i)[1](auto(a, i)[0](a.test))), sets=sets)
        for disjoint in (False, True):
            how = "disjoint" if disjoint else "same"
            show(spaces, f"self-learning, {how}", lambda a, b, i, s: b.accuracy(b.recall(a.test @ self_learning(a, b, i, s, disjoint))), sets=sets)
        if "tried" in wanted:
            show(spaces, "self-learning, same, without the memory", lambda a, b, i, s: b.accuracy(a.test @ self_learning(a, b, i, s, False)), sets=sets)
            show(spaces, "self-learning, same, mean of 5 nearest", lambda a, b, i, s: b.accuracy(b.recall(a.test @ self_learning(a, b, i, s, False, 5))), sets=sets)
            for disjoint, how in ((False, "same"), (True, "disjoint")):
                show(spaces, f"self-learning, {how}, then ridge", lambda a, b, i, s: b.accuracy(b.recall(a.test @ relaxed(a, b, i, s, disjoint))), sets=sets)
                show(spaces, f"self-learning, {how}, pairs weigh a quarter", lambda a, b, i, s: b.accuracy(b.recall(a.test @ self_learning(a, b, i, s, disjoint, pairs=0.25))), sets=sets)
            show(spaces, "self-learning, same, whitened by the test's", lambda a, b, i, s: b.accuracy(b.recall(whitened(a.test @ self_learning(a, b, i, s, False), b))), sets=sets)
            show(spaces, "auto, whitened by the test's", lambda a, b, i, s: b.accuracy(whitened(auto(b, i)[1](auto(a, i)[0](a.test)), b)), sets=sets)
            trained_on_the_round_trip(spaces, sets)
            task = {(id(b), s): for_the_task(b, len(sets[s]), s) for b in spaces for s in range(SEEDS)}
            show(spaces, "auto, anchors for the task", lambda a, b, i, s: b.accuracy(auto(b, task[id(b), s])[1](auto(a, task[id(b), s])[0](a.test))), sets=sets)
            show(spaces, "self-learning, same, anchors for the task", lambda a, b, i, s: b.accuracy(b.recall(a.test @ self_learning(a, b, task[id(b), s], s, False))), sets=sets)
            show(spaces, "student of auto in the encoder's own space", lambda a, b, i, s: student(a, b, i), sets=sets)
            show(spaces, "labels of the anchors only, no bridge", lambda a, b, i, s: labels_only(a, b, i), sets=sets)
            votes = np.array([v for s in range(SEEDS) for v in vote(spaces, sets[s], s)])
            print(f"{'self-learning, both other encoders vote':46} {votes.mean():.3f} +- {votes.std():.3f}   kept {votes.mean() / np.mean(own):.3f}")
        if "ceilings" in wanted:
            show(spaces, "pairs only: Procrustes, spanned", lambda a, b, i, s: b.accuracy(a.test @ procrustes(a.data[i], b.data[i], min(len(i) - 1, a.data.shape[1]))), sets=sets)
            show(spaces, "pairs only: ridge", lambda a, b, i, s: b.accuracy(a.test @ ridge(a.data[i], b.data[i])), sets=sets)
            show(spaces, "pairs only: MLP", lambda a, b, i, s: b.accuracy(mlp(a.data[i], b.data[i], s)(a.test)), 1, sets)
    if "ceilings" in wanted:
        every = [np.arange(samples)]
        print(f"all {samples} pairs")
        show(spaces, "Procrustes", lambda a, b, i, s: b.accuracy(a.test @ procrustes(a.data, b.data)), 1, every)
        show(spaces, "ridge", lambda a, b, i, s: b.accuracy(a.test @ ridge(a.data, b.data)), 1, every)
        show(spaces, "MLP", lambda a, b, i, s: b.accuracy(mlp(a.data, b.data, s)(a.test)), 1, every)


if __name__ == "__main__":
    main(Path(sys.argv[1]), [int(c) for c in sys.argv[2].split(",")], sys.argv[3:])
