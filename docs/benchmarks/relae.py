# SPDX-License-Identifier: Apache-2.0
"""What AutoencoderBenchmark measures, with PyTorch: OMP_NUM_THREADS=2 python3 relae.py [STEPS [WINDOWS]]

A training step of the relative autoencoder: 128 images of 32 x 32 in colour, 500 anchors encoded without gradient at each
step, calibrated Gaussian loss, Adam; eager mode, both memory formats. Images as bytes in memory. A figure is the median
over windows of some steps each.
"""
import statistics
import sys
import time

import torch
from torch import nn
from torch.nn import functional as F

STEPS = int(sys.argv[1]) if len(sys.argv) > 1 else 60
WINDOWS = int(sys.argv[2]) if len(sys.argv) > 2 else 5
BATCH, ANCHORS, WIDTHS = 128, 500, (32, 64, 128, 256)
torch.set_num_threads(2)
torch.manual_seed(1)


class RelativeAutoencoder(nn.Module):
    def __init__(self):
        super().__init__()
        down, up, before = [], [], 3
        for width in WIDTHS:
            down += [nn.Conv2d(before, width, 3, 2, 1), nn.BatchNorm2d(width), nn.GELU()]
            before = width
        for width in reversed(WIDTHS[:-1]):
            up += [nn.ConvTranspose2d(before, width, 3, 2, 1, 1), nn.BatchNorm2d(width), nn.GELU()]
            before = width
        up += [nn.ConvTranspose2d(before, 3, 3, 2, 1, 1), nn.Sigmoid()]
        self.encoder = nn.Sequential(*down, nn.Flatten())
        self.norm = nn.LayerNorm(ANCHORS)
        self.start = nn.Sequential(nn.Linear(ANCHORS, 1024), nn.GELU(), nn.Unflatten(1, (256, 2, 2)))
        self.decoder = nn.Sequential(*up)

    def forward(self, x, anchors):
        with torch.no_grad():
            keys = F.normalize(self.encoder(anchors))
        return self.decoder(self.start(self.norm(F.normalize(self.encoder(x)) @ keys.T)))


def window(images, layout):
    model = RelativeAutoencoder().to(memory_format=layout)
    optimizer = torch.optim.Adam(model.parameters(), 1e-3, fused=True)
    order = torch.randperm(len(images))
    anchors = images[:ANCHORS].float().div_(255).contiguous(memory_format=layout)
    start = time.perf_counter()
    for step in range(STEPS):
        x = images[order[step * BATCH:(step + 1) * BATCH]].float().div_(255).contiguous(memory_format=layout)
        loss = 1536 * F.mse_loss(model(x, anchors), x).log()
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        loss.item()
    return (time.perf_counter() - start) * 1e3 / STEPS


images = torch.randint(0, 256, (STEPS * BATCH, 3, 32, 32), dtype=torch.uint8)
for layout in torch.contiguous_format, torch.channels_last:
    window(images, layout)
    millis = [window(images, layout) for _ in range(WINDOWS)]
    print(f"RelAE step, {layout}: median {statistics.median(millis):.1f} ms, best {min(millis):.1f} ms", flush=True)
