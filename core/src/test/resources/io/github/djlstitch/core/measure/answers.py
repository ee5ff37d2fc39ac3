# Computes the expected values of StitchabilityTest.likenessIsThatOfSciPy. Needs Python 3, NumPy and SciPy.
import itertools

import numpy as np
from scipy.spatial.distance import jensenshannon
from scipy.special import softmax

own = np.array([[2, 0, -1], [0.5, 1, 0], [-1, 0, 3], [1, 1.5, -2], [0, -1, 0.25]], np.float32)
stitched = np.array([[1, 0, 0], [2, 1, 0], [0, 0, 1], [-1, 2, 0.5], [0.5, 0, 0]], np.float32)
p, q = softmax(own.astype(float), 1), softmax(stitched.astype(float), 1)
print("agreement", np.mean(own.argmax(1) == stitched.argmax(1)))
print("divergence", repr(np.mean([jensenshannon(a, b, 2) ** 2 for a, b in zip(p, q)])))
orders = [list(o) for o in itertools.permutations(range(5))]
print("agreement over all orders", np.mean([own.argmax(1) == stitched.argmax(1)[o] for o in orders]))
print("divergence over all orders", repr(np.mean([jensenshannon(a, b, 2) ** 2 for a in p for b in q])))
