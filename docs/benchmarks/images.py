# SPDX-License-Identifier: Apache-2.0
"""Image encoders of random weights with JPEG files, and the same by PyTorch with Pillow, as one would write it.

    pip install torch==2.13.0 timm==1.0.29
    python3 docs/benchmarks/images.py make OUT         # OUT/vit_base_patch16_224, OUT/rexnet_100 and OUT/images
    python3 docs/benchmarks/images.py encode OUT/rexnet_100 OUT/images OUT.npy [float32|bfloat16]

Processes.java --images OUT times the second beside ./stitch.
"""
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
import timm
import torch
from PIL import Image
from timm.data import create_transform, resolve_model_data_config

MODELS = ("vit_base_patch16_224", "rexnet_100")
COUNT, SIZE, BATCH = 256, (500, 375), 32
TEST = 4
KINDS = ("even", "odd")  # folders are classes


def make(out):
    for name in MODELS:
        torch.manual_seed(1)
        timm.models.save_for_hf(timm.create_model(name), out / name, safe_serialization=True)
    for folder in (f"{split}/{kind}" for split in ("train", "test") for kind in KINDS):
        (out / "images" / folder).mkdir(parents=True)
    rng = np.random.default_rng(1)
    for i in range(COUNT + TEST):
        coarse = Image.fromarray(rng.integers(0, 255, (24, 32, 3), dtype=np.uint8))
        fine = np.asarray(coarse.resize(SIZE, Image.BICUBIC)) + rng.integers(-8, 8, (SIZE[1], SIZE[0], 3))
        Image.fromarray(fine.clip(0, 255).astype(np.uint8)).save(out / "images" / ("train" if i < COUNT else "test") / KINDS[i % 2] / f"{i:03d}.jpg", quality=90)


def encode(folder, images, out, kind):
    torch.set_num_threads(2)
    model = timm.create_model(f"local-dir:{folder}", pretrained=True, num_classes=0).eval().to(getattr(torch, kind))
    transform = create_transform(**resolve_model_data_config(model))
    files = sorted(images.glob("train/*/*.jpg"))
    vectors = []
    with ThreadPoolExecutor(2) as loaders, torch.inference_mode():
        pixels = loaders.map(lambda f: transform(Image.open(f).convert("RGB")), files)
        batch = []
        for one in pixels:
            batch.append(one)
            if len(batch) == BATCH:
                vectors.append(model(torch.stack(batch).to(getattr(torch, kind))).float().numpy())
                batch = []
    np.save(out, np.concatenate(vectors))


if __name__ == "__main__":
    if sys.argv[1] == "make":
        make(Path(sys.argv[2]))
    else:
        encode(Path(sys.argv[2]), Path(sys.argv[3]), sys.argv[4], sys.argv[5] if len(sys.argv) > 5 else "float32")
