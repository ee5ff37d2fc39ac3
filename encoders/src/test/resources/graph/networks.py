# SPDX-License-Identifier: Apache-2.0
"""Golden values of the graph networks: GCNConv, GCN2Conv (shared weights) and GINConv by their
published formulas on dense matrices, with gradients by autograd. python networks.py > networks.expected.json"""
import json
import math

import torch

torch.manual_seed(7)
N, F, H, O, L = 6, 5, 4, 3, 3
EDGES = [(0, 1), (0, 2), (1, 2), (2, 3), (3, 4)]  # node 5 has no neighbour
WORDS = [[0, 2], [1], [0, 3, 4], [], [2, 4], [1, 3]]
x = torch.zeros(N, F)
for row, words in enumerate(WORDS):
    for word in words:
        x[row, word] = 1 / len(words)
adjacency = torch.zeros(N, N)
for i, j in EDGES:
    adjacency[i, j] = adjacency[j, i] = 1


def normalized(a):
    scale = a.sum(1).pow(-0.5)
    scale[torch.isinf(scale)] = 0
    return scale[:, None] * a * scale[None, :]


def parameter(*shape):
    return (torch.rand(shape, dtype=torch.float64) * 2 - 1).float().requires_grad_()


def network(kind, hidden, between):
    layers = L - 2 if kind == "gcn" else L
    p = {"first.weight": parameter(F, H), "first.bias": parameter(H), "layers.weight": parameter(layers, H, H)}
    if kind != "gcnii":
        p["layers.bias"] = parameter(layers, H)
    p["last.weight"], p["last.bias"] = parameter(O, H), parameter(O)
    propagation = {
        "gcn": normalized(adjacency + torch.eye(N)),
        "gcnii": normalized(adjacency),
        "gin": adjacency + torch.eye(N),
    }[kind]
    h = x @ p["first.weight"]
    if kind == "gcn":
        h = propagation @ h
    h = h0 = hidden(h + p["first.bias"])
    for l in range(layers):
        w = p["layers.weight"][l]
        if kind == "gcnii":
            beta = math.log(0.5 / (l + 1) + 1)
            support = 0.9 * (propagation @ h) + 0.1 * h0
            h = (1 - beta) * support + beta * (support @ w)
        elif kind == "gin":
            h = (propagation @ h) @ w + p["layers.bias"][l]
        else:
            h = propagation @ (h @ w) + p["layers.bias"][l]
        h = between(h)
    h = h @ p["last.weight"].T
    if kind == "gcn":
        h = propagation @ h
    h = h + p["last.bias"]
    loss = (h * torch.arange(N * O).view(N, O).float().sin()).sum()
    loss.backward()
    flat = lambda t: [round(float(v), 7) for v in t.detach().flatten()]
    return {
        "kind": kind,
        "hidden": hidden.__name__,
        "between": between.__name__,
        "parameters": {k: flat(v) for k, v in p.items()},
        "output": flat(h),
        "gradients": {k: flat(v.grad) for k, v in p.items()},
    }


cases = [
    network("gcn", torch.relu, torch.tanh),
    network("gcnii", torch.relu, torch.relu),
    network("gcnii", torch.tanh, torch.tanh),
    network("gin", torch.tanh, torch.tanh),
    network("gin", torch.relu, torch.relu),
]
print(json.dumps({"torch": torch.__version__, "edges": EDGES, "words": WORDS, "features": F, "cases": cases}))
