# SPDX-License-Identifier: Apache-2.0
"""The features of the two image encoders that come with the build, by timm in float64.

Beside this file: python digits.py. Adds a picture and its vector of each to known-answers.json of the main resources, and writes
digits.json here, more of them for a test. timm itself opens the folders of the build; the pictures are resized by Pillow.
"""

import gzip
import json
import sys
from pathlib import Path

import numpy as np
import PIL
import timm
import torch
from PIL import Image

HERE = Path(__file__).resolve().parent
ZOO = HERE.parents[2] / "main/resources/io/github/djlstitch/zoo"
ROWS = [7, 9, 15, 1797]  # ids of samples, which are rows from 1; the first is of the test split


def picture(row):
    table = np.loadtxt(gzip.open(ZOO / "internal/data/digits.csv.gz"), delimiter=",", dtype=int)
    grey = ((table[row - 1, :64] * 255 + 8) // 16).astype(np.uint8).reshape(8, 8)
    return Image.fromarray(grey).convert("RGB")


def features(name, rows):
    model = timm.create_model(f"local-dir:{ZOO / name}", pretrained=True, num_classes=0).double().eval()
    config = model.pretrained_cfg
    size = tuple(config["input_size"][:0:-1])
    assert config["crop_pct"] == 1 and config["interpolation"] == "bicubic"
    bytes_ = np.stack([np.asarray(picture(r).resize(size, Image.BICUBIC)) for r in rows])
    pixels = torch.tensor(bytes_).permute(0, 3, 1, 2).double() / 255
    mean, std = (torch.tensor(config[k], dtype=torch.float64).view(3, 1, 1) for k in ("mean", "std"))
    with torch.no_grad():
        return model((pixels - mean) / std).numpy()


def rounded(vector):
    return [float(f"{x:.8g}") for x in vector]


found = {name: features(name, ROWS) for name in ("vit-digits", "rexnet-digits")}
by = f"timm {timm.__version__} in float64 (PyTorch {torch.__version__.split('+')[0]}), pictures by Pillow {PIL.__version__}"
cards = [
    {"encoder": name, "digit": str(row), "vector": rounded(vector)}
    for name, vectors in found.items()
    for row, vector in zip(ROWS, vectors)
]
lines = ",\n".join(json.dumps(c, separators=(",", ":")) for c in cards)
(HERE / "digits.json").write_text(f'{{"computed by": {json.dumps(by + "; known-answers/digits.py")},\n"answers": [\n{lines}\n]}}\n')
target = ZOO / "known-answers.json"
known = [line.rstrip(",") for line in target.read_text(encoding="utf-8").splitlines() if line.startswith('{"encoder"')]
known = [k for k in known if json.loads(k)["encoder"] not in found]
known += [
    json.dumps({"encoder": name, "input": str(ROWS[0]), "vector": rounded(vectors[0])}, separators=(",", ":"))
    for name, vectors in found.items()
]
first = json.loads(target.read_text(encoding="utf-8"))["computed by"].split("; of images by ")[0]
text = f'{{"computed by": {json.dumps(first + "; of images by " + by)},\n"answers": [\n' + ",\n".join(known) + "\n]}\n"
target.write_text(text, encoding="utf-8")
