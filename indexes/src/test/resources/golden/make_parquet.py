# Needs pyarrow (25.0.1 was used) and NumPy. Writes the files beside it; values are those of make.py.
import os

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

HERE = os.path.dirname(os.path.abspath(__file__))
ROWS, WIDTH = 5, 6
A = np.array([[(7 * i + j) / 8 - 3 for j in range(WIDTH)] for i in range(ROWS)], dtype="<f4")
IDS = pa.array(["a", "b", "c", "d", "e"])
NUMBERS = pa.array([10, 11, 12, 13, 14], pa.int64())


def write(name, ids, vectors, **how):
    table = pa.table({"id": ids, "more": pa.array([True] * ROWS), "embedding": vectors, "text": IDS})
    pq.write_table(table, os.path.join(HERE, name), **how)


write("floats.parquet", IDS, pa.array(A.tolist(), pa.list_(pa.float32())), compression="snappy")
write("doubles.parquet", NUMBERS, pa.array(A.tolist(), pa.list_(pa.float64())), compression="zstd", row_group_size=2)
fixed = pa.FixedSizeListArray.from_arrays(pa.array(A.ravel()), WIDTH)
write("fixed.parquet", NUMBERS, fixed, compression="none", use_dictionary=False, data_page_version="2.0")
ragged = A.tolist()
ragged[3] = ragged[3][:4]
write("ragged.parquet", IDS, pa.array(ragged, pa.list_(pa.float32())))
ragged[3] = None
write("null.parquet", IDS, pa.array(ragged, pa.list_(pa.float32())))
ragged[3] = [1.0, None, 2.0, 3.0, 4.0, 5.0]
write("null-value.parquet", IDS, pa.array(ragged, pa.list_(pa.float32())))
