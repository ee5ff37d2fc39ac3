# Golden values for QuantizationTest: python3 clusters.py > clusters.json
import json

import numpy as np
import sklearn
from sklearn.cluster import AgglomerativeClustering

rng = np.random.default_rng(5)
x = np.asarray(rng.normal(size=(40, 4)) + rng.integers(0, 3, (40, 1)) * 2, np.float32)
golden = {"computed_by": f"numpy {np.__version__}, scikit-learn {sklearn.__version__}", "x": x.astype(float).round(9).tolist()}
for linkage in ("ward", "average", "complete"):
    for threshold in (0.5, 1.5, 3, 6, 100):
        model = AgglomerativeClustering(n_clusters=None, distance_threshold=threshold, linkage=linkage)
        golden[f"{linkage} {threshold}"] = model.fit_predict(x.astype(float)).tolist()
print(json.dumps(golden))
