# SPDX-License-Identifier: Apache-2.0
# Writes pillow-resize.expected.json: [filter, width, height, new width, new height, CRC-32 of the pixels].
import json, random, zlib
import numpy as np
from PIL import Image

FILTERS = {"nearest": 0, "lanczos": 1, "bilinear": 2, "bicubic": 3, "box": 4, "hamming": 5}


def synthetic(width, height):
    y, x, c = np.meshgrid(range(height), range(width), range(3), indexing="ij")
    return Image.fromarray(((37 * x + 91 * y + 53 * c + 7 * x * y) % 256).astype(np.uint8))


random.seed(4)
fixed = [(7, 5, 4, 3), (10, 10, 4, 4), (3, 3, 6, 6), (5, 7, 5, 3), (5, 7, 9, 7), (64, 48, 224, 168), (500, 375, 298, 224),
         (2, 300, 2, 150), (3, 400, 2, 100), (4, 1000, 9, 60), (4, 1000, 9, 1100), (3, 300, 7, 40), (1, 1, 5, 5), (1, 101, 7, 50),
         (997, 3, 10, 1), (1, 10000, 3, 224), (10000, 1, 224, 2), (3, 301, 300, 3)]
cases = [(name, *size) for name in FILTERS for size in fixed]
for _ in range(120):
    cases.append((random.choice(list(FILTERS)), *(random.choice([random.randint(1, 40), random.randint(1, 400)]) for _ in range(4))))
with open("pillow-resize.expected.json", "w") as out:
    rows = [json.dumps([*c, "%08x" % zlib.crc32(synthetic(c[1], c[2]).resize((c[3], c[4]), FILTERS[c[0]]).tobytes())]) for c in cases]
    out.write("[\n" + ",\n".join(rows) + "\n]\n")
