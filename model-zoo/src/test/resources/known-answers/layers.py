# SPDX-License-Identifier: Apache-2.0
"""What minilm has behind each of its layers, by transformers' BertModel in float64.

For each sentence and each of hidden_states[0] (embeddings) to hidden_states[6] (last): the mean over all tokens, scaled
to length 1, and of that every eighth value. The weights are those of the ONNX file in the LangChain4j jar.
Unzip it into a folder, then, beside this file: python layers.py FOLDER
Needs torch, transformers, tokenizers and onnx.
"""

import json
import sys
from pathlib import Path

import numpy as np
import onnx
import tokenizers
import torch
import transformers
from onnx import numpy_helper

FILES = "all-minilm-l6-v2"
SENTENCES = ["The okapi browses quietly in the Ituri rainforest.", "Granite?"]
STEP = 8


def weights(graph):
    tensors = {t.name: numpy_helper.to_array(t) for t in graph.initializer}
    named = {k: v for k, v in tensors.items() if k.startswith(("embeddings.", "encoder."))}
    for node in graph.node:  # exported linear layers multiply by the transposed weights, which have lost their names
        if node.op_type == "MatMul" and node.input[1] in tensors:
            layer = node.name.removeprefix("/").removesuffix("/MatMul").replace("/", ".")
            named[layer + ".weight"] = tensors[node.input[1]].T
    named.pop("embeddings.position_ids", None)
    return {k: torch.tensor(v, dtype=torch.float64) for k, v in named.items()}


def network(state):
    vocabulary, width = state["embeddings.word_embeddings.weight"].shape
    config = transformers.BertConfig(
        vocab_size=vocabulary,
        hidden_size=width,
        num_hidden_layers=6,
        num_attention_heads=12,
        intermediate_size=4 * width,
        layer_norm_eps=1e-12,
    )
    model = transformers.BertModel(config, add_pooling_layer=False).double().eval()
    model.load_state_dict(state, strict=True)
    return model


def layers(model, tokenizer, sentence):
    ids = torch.tensor([tokenizer.encode(sentence).ids])
    with torch.no_grad():
        found = model(ids, output_hidden_states=True).hidden_states
    means = [states[0].mean(0).numpy() for states in found]
    return [[float(f"{x:.8g}") for x in (mean / np.linalg.norm(mean))[::STEP]] for mean in means]


folder = Path(sys.argv[1])
bert = network(weights(onnx.load(folder / f"{FILES}.onnx").graph))
tokens = tokenizers.Tokenizer.from_file(str(folder / f"{FILES}-tokenizer.json"))
tokens.no_padding()
answers = [{"input": s, "layers": layers(bert, tokens, s)} for s in SENTENCES]
computed_by = (
    f"transformers {transformers.__version__} BertModel in float64 (PyTorch {torch.__version__.split('+')[0]}) on the "
    f"weights of the published ONNX file, token ids by tokenizers {tokenizers.__version__}; known-answers/layers.py"
)
lines = ",\n".join(json.dumps(a, separators=(",", ":")) for a in answers)
text = f'{{"computed by": {json.dumps(computed_by)},\n"step": {STEP},\n"answers": [\n{lines}\n]}}\n'
(Path(__file__).resolve().parent / "layers.json").write_text(text, encoding="utf-8")
