# SPDX-License-Identifier: Apache-2.0
"""Writes official.golden.txt with PyTorch: python3 official.py > official.golden.txt

Small networks of the layouts of the official heads, trained for two epochs from printed weights;
what is normalised over the batch is an InstanceNorm1d on the transposed matrix.
"""
import torch
from torch import nn

N, D, H, C, BATCH, RATE = 21, 5, 4, 3, 8, 0.01


class Features(nn.Module):
    def __init__(self, width):
        super().__init__()
        self.norm = nn.InstanceNorm1d(width)

    def forward(self, x):
        return self.norm(x.t()).t()


def layout(name):
    if name == "text":
        return nn.Sequential(nn.LayerNorm(D), nn.Linear(D, H), nn.SiLU(), Features(H),
                             nn.Linear(H, H), nn.SiLU(), Features(H), nn.Linear(H, C), nn.ReLU())
    first = [nn.LayerNorm(D)] if name == "image" else [Features(D)]
    return nn.Sequential(*first, nn.Linear(D, H), nn.Tanh(), Features(H), nn.Linear(H, C))


def show(name, matrix):
    for row in torch.atleast_2d(matrix.detach()):
        print(name, *(repr(float(v)) for v in row))


torch.manual_seed(3)
torch.set_num_threads(1)
labels = torch.randint(0, C, (N,))
x = torch.randn(N, D) + 1.5 * torch.eye(C, D)[labels]
orders = torch.stack([torch.randperm(N) for _ in range(2)])
print(f"# Computed by PyTorch {torch.__version__} (official.py): {N} samples, label and values;")
print("# rows of each epoch; per layout the initial and the trained tensors and the scores of all")
print("# samples together. Batches of 8, so that the last has 5; Adam, rate 0.01.")
for label, row in zip(labels, x):
    print("sample", int(label), *(repr(float(v)) for v in row))
show("order", orders.float())
for name in ("text", "image", "curve"):
    network = layout(name)
    inputs = x if name == "text" else torch.nn.functional.normalize(x)
    for i, p in enumerate(network.parameters()):
        show(f"{name}.initial.{i}", p)
    adam = torch.optim.Adam(network.parameters(), lr=RATE)
    for order in orders:
        for rows in order.split(BATCH):
            loss = nn.functional.cross_entropy(network(inputs[rows]), labels[rows])
            adam.zero_grad()
            loss.backward()
            adam.step()
    for i, p in enumerate(network.parameters()):
        show(f"{name}.trained.{i}", p)
    show(f"{name}.together", network.eval()(inputs))
