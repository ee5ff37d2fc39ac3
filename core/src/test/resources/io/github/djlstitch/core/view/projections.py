# SPDX-License-Identifier: Apache-2.0
# Golden values of scikit-learn for ProjectionTest: python projections.py > projections.json
import json

import numpy as np
import sklearn
from sklearn.decomposition import PCA
from sklearn.manifold import TSNE, trustworthiness

rng = np.random.default_rng(7)
centers = rng.normal(size=(5, 12)) * 3
x = (np.repeat(centers, 24, axis=0) + rng.normal(size=(120, 12))).astype(np.float32).round(3)
pca = PCA(2, svd_solver="full").fit(x)
tsne = TSNE(2, perplexity=15, init="pca", method="exact", random_state=0)
places = tsne.fit_transform(x)
print(json.dumps({
    "version": sklearn.__version__,
    "rows": x.tolist(),
    "pca": pca.transform(x).round(6).tolist(),
    "share": pca.explained_variance_ratio_.round(8).tolist(),
    "perplexity": 15,
    "divergence": round(float(tsne.kl_divergence_), 5),
    "tsne": places.round(4).tolist(),
    "trustworthiness": round(float(trustworthiness(x, places, n_neighbors=10)), 5),
}))
