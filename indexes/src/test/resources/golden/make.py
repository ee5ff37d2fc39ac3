# Needs NumPy 2 (2.4.6 was used). Writes the files beside it: value (i, j) is (7 i + j) / 8 - 3, exact in every type.
import os

import numpy as np
from numpy.lib import format as npy

HERE = os.path.dirname(os.path.abspath(__file__))
ROWS, WIDTH = 5, 6
A = np.array([[(7 * i + j) / 8 - 3 for j in range(WIDTH)] for i in range(ROWS)], dtype="<f4")


def at(name):
    return os.path.join(HERE, name)


def save(name, array, version):
    with open(at(name), "wb") as f:
        npy.write_array(f, array, version=version, allow_pickle=False)


save("f4-v1.npy", A, (1, 0))
save("f8-v2.npy", A.astype("<f8"), (2, 0))
save("f2-v3.npy", A.astype("<f2"), (3, 0))
save("fortran.npy", np.asfortranarray(A), (1, 0))
save("big-endian.npy", A.astype(">f4"), (1, 0))
save("integers.npy", A.astype("<i4"), (1, 0))
save("one-dimension.npy", A[0], (1, 0))
np.save(at("object.npy"), np.array([{"a": 1}], dtype=object), allow_pickle=True)
with open(at("a.fbin"), "wb") as f:
    np.array([ROWS, WIDTH], dtype="<u4").tofile(f)
    A.tofile(f)
with open(at("a.fvecs"), "wb") as f:
    for row in A:
        np.array([WIDTH], dtype="<i4").tofile(f)
        row.tofile(f)
