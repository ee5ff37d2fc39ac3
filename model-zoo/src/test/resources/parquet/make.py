"""Small Parquet files as the Hugging Face `datasets` library lays them out. pip install pyarrow==25.0.1; python make.py"""
import json
import struct
import zlib

import pyarrow as pa
import pyarrow.parquet as pq


def png(red, green, blue):
    def chunk(kind, data):
        body = kind + data
        return struct.pack(">I", len(data)) + body + struct.pack(">I", zlib.crc32(body))
    header = struct.pack(">IIBBBBB", 2, 1, 8, 2, 0, 0, 0)
    pixels = bytes([0, red, green, blue, 0, 0, 0])
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(pixels)) + chunk(b"IEND", b"")


def features(**columns):
    return {"huggingface": json.dumps({"info": {"features": columns}})}


def write(name, table, metadata, **options):
    pq.write_table(table.replace_schema_metadata(metadata), name, **options)


COARSE, FINE = ["fish", "fruit"], ["apple", "ray", "shark"]
LABELS = {
    "img": {"_type": "Image"},
    "fine_label": {"names": FINE, "_type": "ClassLabel"},
    "coarse_label": {"names": COARSE, "_type": "ClassLabel"},
}
for part, fine in (("train", [2, 0, 1, 0, 2]), ("test", [0, 2])):
    images = [{"bytes": png(i + 1, f, 7), "path": None} for i, f in enumerate(fine)]
    table = pa.table({
        "img": pa.array(images, pa.struct([("bytes", pa.binary()), ("path", pa.string())])),
        "fine_label": pa.array(fine, pa.int64()),
        "coarse_label": pa.array([1 if f == 0 else 0 for f in fine], pa.int64()),
    })
    write(f"cifar100-{part}.parquet", table, features(**LABELS), compression="snappy", row_group_size=2)

QUESTIONS = ["How ?", "Where is S\u00e3o Paulo ?", "Who ?"]
for part, labels in (("train", [2, 4, 3]), ("test", [4])):
    table = pa.table({"text": QUESTIONS[: len(labels)], "coarse_label": pa.array(labels, pa.int8())})
    write(f"trec-{part}.parquet", table, {}, compression="zstd", data_page_version="2.0", use_dictionary=False)
