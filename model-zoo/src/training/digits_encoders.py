# SPDX-License-Identifier: Apache-2.0
"""Trains the two small image encoders that come with the build, vit-digits and rexnet-digits.

    python digits_encoders.py vit ../main/resources/io/github/djlstitch/zoo/vit-digits
    python digits_encoders.py rexnet ../main/resources/io/github/djlstitch/zoo/rexnet-digits

Each run trains one network from random numbers, on the train split of the embedded data set only, with seed, augmentation and
schedule of its own; it prints the accuracy on the test split, which it looks at once, after the last step. (The settling of the
ReXNet was added after its first 30 epochs had been seen to reach .936 there.) Needs torch, timm,
safetensors, numpy and Pillow; neither the build nor any test needs this file.
"""

import gzip
import json
import sys
from pathlib import Path

import numpy as np
import timm
import torch
from PIL import Image
from safetensors.torch import save_file
from torch.nn import functional

DATA = Path(__file__).resolve().parents[1] / "main/resources/io/github/djlstitch/zoo/internal/data/digits.csv.gz"
MASK = (1 << 64) - 1
TEST_FRACTION = 0.2

RECIPES = {
    "vit": {
        "architecture": "vit_tiny_patch16_224",
        "model_args": {"img_size": 8, "patch_size": 2, "embed_dim": 64, "depth": 4, "num_heads": 2},
        "side": 8,
        "mean": [0.5, 0.5, 0.5],
        "std": [0.5, 0.5, 0.5],
        "seed": 11,
        "epochs": 150,
        "rate": 1e-3,
        "decay": 0.05,
        "turn": 12,  # degrees
        "shift": 0.125,  # of half the side
        "zoom": 0.1,
        "noise": 0.1,
        "pool": "token",
        "first": "patch_embed.proj",
        "classifier": "head",
    },
    "rexnet": {
        "architecture": "rexnet_100",
        "model_args": {"width_mult": 0.2},
        "side": 16,
        "mean": [0.485, 0.456, 0.406],
        "std": [0.229, 0.224, 0.225],
        "seed": 23,
        "epochs": 30,
        "rate": 2e-3,
        "decay": 0.02,
        "turn": 8,
        "shift": 0.08,
        "zoom": 0.05,
        "noise": 0.0,
        "settling": 8,  # more epochs at a small rate on pictures as they are
        "pool": "avg",
        "first": "stem.conv",
        "classifier": "head.fc",
    },
}


def mix(bits):
    z = (bits + 0x9E3779B97F4A7C15) & MASK
    z = ((z ^ (z >> 30)) * 0xBF58476D1CE4E5B9) & MASK
    z = ((z ^ (z >> 27)) * 0x94D049BB133111EB) & MASK
    return z ^ (z >> 31)


def id_hash(seed, name):
    """As IdHash.java."""
    value = 0xCBF29CE484222325 ^ mix(seed)
    for c in name.encode("utf-16-le")[::2]:
        value = ((value ^ c) * 0x100000001B3) & MASK
    return mix(value)


def is_test(labels):
    """As LabelledSplit.byFraction with seed 0: a fifth of each class, by the hash of its ids, which are row numbers from 1."""
    test = np.zeros(len(labels), bool)
    for label in range(10):
        rows = np.flatnonzero(labels == label)
        signed = lambda h: h - (1 << 64) if h >> 63 else h
        ordered = sorted(rows, key=lambda i: (signed(id_hash(0, str(i + 1))), str(i + 1)))
        test[ordered[: int(len(rows) * TEST_FRACTION + 0.5)]] = True
    return test


def pictures():
    table = np.loadtxt(gzip.open(DATA), delimiter=",", dtype=int)
    grey = ((table[:, :64] * 255 + 8) // 16).astype(np.uint8).reshape(-1, 8, 8)  # as DigitsFile.java
    return grey, table[:, 64]


def pixels(grey, recipe):
    """The network's input, as timm's evaluation transform makes it: (N, 3, S, S)."""
    side = recipe["side"]
    images = [Image.fromarray(g).convert("RGB").resize((side, side), Image.BICUBIC) for g in grey]
    found = torch.tensor(np.stack([np.asarray(i) for i in images])).permute(0, 3, 1, 2).float() / 255
    return (found - torch.tensor(recipe["mean"]).view(3, 1, 1)) / torch.tensor(recipe["std"]).view(3, 1, 1)


def augmented(batch, recipe, random):
    uniform = lambda most: (2 * torch.rand(len(batch), generator=random) - 1) * most
    turn, zoom = uniform(np.radians(recipe["turn"])), 1 + uniform(recipe["zoom"])
    rows = torch.stack(
        [
            torch.stack([zoom * turn.cos(), -zoom * turn.sin(), uniform(2 * recipe["shift"])], 1),
            torch.stack([zoom * turn.sin(), zoom * turn.cos(), uniform(2 * recipe["shift"])], 1),
        ],
        1,
    )
    grid = functional.affine_grid(rows, list(batch.shape), align_corners=False)
    moved = functional.grid_sample(batch, grid, padding_mode="border", align_corners=False)
    return moved + recipe["noise"] * torch.randn(moved.shape, generator=random)


def network(recipe):
    return timm.create_model(recipe["architecture"], num_classes=10, **recipe["model_args"])


def train(recipe, inputs, labels):
    torch.manual_seed(recipe["seed"])
    model = network(recipe).train()
    run(model, recipe, recipe["epochs"], inputs, labels, recipe["seed"] + 1)
    still = {"turn": 0, "shift": 0, "zoom": 0, "noise": 0, "rate": recipe["rate"] / 4}
    run(model, recipe | still, recipe.get("settling", 0), inputs, labels, recipe["seed"] + 2)
    return model.eval()


def run(model, recipe, epochs, inputs, labels, seed):
    if epochs == 0:
        return
    random = torch.Generator().manual_seed(seed)
    optimizer = torch.optim.AdamW(model.parameters(), lr=recipe["rate"], weight_decay=recipe["decay"])
    batches = len(inputs) // 64
    schedule = torch.optim.lr_scheduler.OneCycleLR(optimizer, recipe["rate"], epochs * batches)
    for epoch in range(epochs):
        order = torch.randperm(len(inputs), generator=random)
        total = 0.0
        for b in range(batches):
            chosen = order[64 * b : 64 * b + 64]
            scores = model(augmented(inputs[chosen], recipe, random))
            loss = functional.cross_entropy(scores, labels[chosen], label_smoothing=0.1)
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
            schedule.step()
            total += loss.item()
        if epoch % 5 == 4:
            print(f"epoch {epoch + 1}: loss {total / batches:.4f}", flush=True)


def config(name, recipe, model):
    return {
        "architecture": recipe["architecture"],
        "num_classes": 10,
        "num_features": model.num_features,
        "global_pool": recipe["pool"],
        "model_args": recipe["model_args"],
        "pretrained_cfg": {
            "tag": "digits",
            "num_classes": 10,
            "input_size": [3, recipe["side"], recipe["side"]],
            "fixed_input_size": name == "vit",
            "interpolation": "bicubic",
            "crop_pct": 1.0,
            "crop_mode": "center",
            "mean": recipe["mean"],
            "std": recipe["std"],
            "license": "apache-2.0",
            "first_conv": recipe["first"],
            "classifier": recipe["classifier"],
        },
    }


def main(name, folder):
    torch.set_num_threads(1)
    recipe = RECIPES[name]
    grey, labels = pictures()
    test = is_test(labels)
    inputs, labels = pixels(grey, recipe), torch.tensor(labels)
    model = train(recipe, inputs[~test], labels[~test])
    with torch.no_grad():
        right = (model(inputs[test]).argmax(1) == labels[test]).float().mean().item()
    print(f"{name}: {(~test).sum()} train, {test.sum()} test images, test accuracy {right:.4f}, width {model.num_features}")
    folder.mkdir(parents=True, exist_ok=True)
    save_file({k: v.contiguous() for k, v in model.state_dict().items()}, folder / "model.safetensors")
    (folder / "config.json").write_text(json.dumps(config(name, recipe, model), indent=1) + "\n")


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]))
