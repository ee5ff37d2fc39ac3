# SPDX-License-Identifier: Apache-2.0
"""Writes attention.json, value modes of relative attention by PyTorch's own modules: python3 attention.py > attention.json"""
import json

import torch
import torch.nn.functional as F
from torch import nn

torch.manual_seed(4)
B, D, M, H, HEADS = 7, 4, 5, 6, 3
rounded = lambda t: torch.round(t * 1000) / 1000
x, anchors, weights = (rounded(torch.randn(n, k)) for n, k in ((B, D), (M, D), (B, M)))
numbers = lambda t: [round(v, 7) for v in t.flatten().tolist()]


def cosines(a):
    return F.normalize(a) @ F.normalize(anchors).T


def run(output, r, parameters):
    (output * weights).sum().backward()
    return {
        "output": numbers(output),
        "gradient": numbers(r.grad),
        "parameters": {name: numbers(p) for name, p in parameters.items()},
        "gradients": {name: numbers(p.grad) for name, p in parameters.items()},
    }


def norm():
    layer = nn.LayerNorm(M)
    with torch.no_grad():
        layer.weight.copy_(rounded(1 + torch.randn(M) / 5))
        layer.bias.copy_(rounded(torch.randn(M) / 5))
    return layer


def self_attention():
    layer, r = norm(), cosines(x).requires_grad_()
    q, k, v = (nn.Parameter(rounded(torch.randn(M, H))) for _ in range(3))
    attention, merge = nn.MultiheadAttention(H, HEADS, batch_first=True), nn.Linear(H, 1, bias=False)
    with torch.no_grad():
        attention.in_proj_bias.copy_(rounded(torch.randn(3 * H)))
        attention.out_proj.bias.copy_(rounded(torch.randn(H)))
    n = layer(r)[..., None]
    output = merge(attention(n * q, n * k, n * v)[0])[..., 0]
    names = {"scale": layer.weight, "shift": layer.bias, "queries": q, "keys": k, "values": v, "merge": merge.weight}
    names |= {"in_weight": attention.in_proj_weight, "in_bias": attention.in_proj_bias}
    names |= {"out_weight": attention.out_proj.weight, "out_bias": attention.out_proj.bias}
    return run(output, r, names)


def relative_anchors():
    layer, r = norm(), cosines(x).requires_grad_()
    output = layer(r) @ cosines(anchors)
    return run(output, r, {"scale": layer.weight, "shift": layer.bias})


print(
    json.dumps(
        {
            "computed_by": f"attention.py: torch {torch.__version__}",
            "x": x.tolist(),
            "anchors": anchors.tolist(),
            "weights": weights.tolist(),
            "heads": HEADS,
            "width": H,
            "self_attention": self_attention(),
            "relative_anchors": relative_anchors(),
        }
    )
)
