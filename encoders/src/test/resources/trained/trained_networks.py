# SPDX-License-Identifier: Apache-2.0
"""Losses and outputs of the small networks trained by PyTorch; prints the numbers of TrainedNetworksTest.

Weights and images are closed forms, so that both sides start alike: python3 trained_networks.py
"""
import torch
from torch import nn
import torch.nn.functional as F

torch.set_num_threads(1)


def wave(shape, k, scale):
    n = torch.Size(shape).numel()
    return (scale * torch.sin(0.7 * torch.arange(n, dtype=torch.float64) + k)).float().reshape(shape)


class Layer(nn.Module):
    def __init__(self, w, heads):
        super().__init__()
        self.heads = heads
        self.attention_norm = nn.LayerNorm(w)
        self.projections = nn.Linear(w, 3 * w)
        self.joined = nn.Linear(w, w)
        self.mlp_norm = nn.LayerNorm(w)
        self.wide = nn.Linear(w, 2 * w)
        self.narrow = nn.Linear(2 * w, w)

    def forward(self, x):
        b, t, w = x.shape
        q, k, v = self.projections(self.attention_norm(x)).reshape(b, t, 3, self.heads, -1).permute(2, 0, 3, 1, 4)
        x = x + self.joined(F.scaled_dot_product_attention(q, k, v).transpose(1, 2).reshape(b, t, w))
        return x + self.narrow(F.gelu(self.wide(self.mlp_norm(x))))


class Vit(nn.Module):
    def __init__(self):
        super().__init__()
        self.positions = nn.Parameter(torch.zeros(1, 4, 8))
        self.patches = nn.Conv2d(3, 8, 4, 4)
        self.layers = nn.ModuleList([Layer(8, 2), Layer(8, 2)])
        self.norm = nn.LayerNorm(8)
        self.last = nn.Linear(8, 4)

    def forward(self, x):
        x = self.patches(x).flatten(2).transpose(1, 2) + self.positions
        for layer in self.layers:
            x = layer(x)
        return self.last(self.norm(x.mean(1)))


def stage(i, o, stride):
    return [nn.Conv2d(i, o, 3, stride, 1, bias=False), nn.BatchNorm2d(o), nn.ReLU()]


def conv():
    return nn.Sequential(
        *stage(3, 4, 2), *stage(4, 4, 1), *stage(4, 6, 2), *stage(6, 6, 1),
        nn.AdaptiveAvgPool2d(1), nn.Flatten(), nn.Linear(6, 4))


NETWORKS = {
    "conv": conv,
    "vit": Vit,
    "tanh": lambda: nn.Sequential(
        nn.Flatten(), nn.Linear(192, 10), nn.BatchNorm1d(10), nn.Tanh(), nn.Linear(10, 4), nn.Tanh()),
    "relu": lambda: nn.Sequential(
        nn.Flatten(), nn.Linear(192, 10), nn.BatchNorm1d(10), nn.ReLU(), nn.Linear(10, 4)),
}

for name, make in NETWORKS.items():
    for rule in ("adam", "sgd"):
        net = make()
        with torch.no_grad():
            for p in net.parameters():
                if p.dim() > 1:
                    p.copy_(wave(p.shape, p.numel(), 0.2))
                else:
                    p.add_(wave(p.shape, p.numel(), 0.1))
            for m in net.modules():
                if isinstance(m, (nn.Linear, nn.Conv2d)) and m.bias is not None:
                    m.bias.copy_(wave(m.bias.shape, m.bias.numel(), 0.1))
                if isinstance(m, (nn.BatchNorm1d, nn.BatchNorm2d, nn.LayerNorm)):
                    m.weight.copy_(1 + wave(m.weight.shape, m.weight.numel(), 0.1))
                    m.bias.copy_(wave(m.bias.shape, m.bias.numel() + 1, 0.1))
        x = wave((6, 3, 8, 8), 1, 1.0)
        y = torch.tensor([0, 1, 2, 3, 0, 1])
        opt = (torch.optim.Adam(net.parameters(), lr=0.01, weight_decay=0.01) if rule == "adam"
               else torch.optim.SGD(net.parameters(), lr=0.1, weight_decay=0.01))
        losses = []
        net.train()
        for _ in range(4):
            loss = F.cross_entropy(net(x), y)
            opt.zero_grad()
            loss.backward()
            torch.nn.utils.clip_grad_norm_(net.parameters(), 0.5)
            opt.step()
            losses.append(loss.item())
        net.eval()
        with torch.no_grad():
            out = net(x)[0].tolist()
        print(name, rule, ", ".join("%.6f" % v for v in losses), "|", ", ".join("%.6f" % v for v in out))
