# SPDX-License-Identifier: Apache-2.0
"""Encodes the lines of a file with a BERT in ONNX Runtime, as one would write it: sorted by length, batches of 32.

python encode.py MODEL.onnx TOKENIZER.json TEXTS.txt OUT.npy
"""
import sys

import numpy as np
import onnxruntime
from tokenizers import Tokenizer

model, tokenizer, texts, out = sys.argv[1:]
tokenizer = Tokenizer.from_file(tokenizer)
tokenizer.no_padding()
tokenizer.enable_truncation(256)
with open(texts, encoding="utf-8") as lines:
    encodings = tokenizer.encode_batch([line.rstrip("\n") for line in lines])
options = onnxruntime.SessionOptions()
options.intra_op_num_threads = 2
session = onnxruntime.InferenceSession(model, options, providers=["CPUExecutionProvider"])
names = {one.name for one in session.get_inputs()}
order = np.argsort([len(e.ids) for e in encodings], kind="stable")
vectors = None
for start in range(0, len(order), 32):
    rows = order[start : start + 32]
    longest = max(len(encodings[i].ids) for i in rows)
    ids = np.zeros((len(rows), longest), dtype=np.int64)
    mask = np.zeros_like(ids)
    for row, i in enumerate(rows):
        ids[row, : len(encodings[i].ids)] = encodings[i].ids
        mask[row, : len(encodings[i].ids)] = 1
    inputs = {"input_ids": ids, "attention_mask": mask, "token_type_ids": np.zeros_like(ids)}
    states = session.run(None, {name: inputs[name] for name in names})[0]
    mean = (states * mask[..., None]).sum(1) / mask.sum(1, keepdims=True)
    mean /= np.linalg.norm(mean, axis=1, keepdims=True)
    vectors = np.empty((len(order), mean.shape[1]), np.float32) if vectors is None else vectors
    vectors[rows] = mean
np.save(out, vectors)
