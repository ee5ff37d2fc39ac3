# SPDX-License-Identifier: Apache-2.0
"""What EncoderBenchmark measures, with PyTorch: OMP_NUM_THREADS=2 python3 encoders.py [vit|rexnet|roberta ...]

Eager mode, random weights, the same shapes; timm's and transformers' own networks. ReXNet in both memory formats.
Needs torch, timm and transformers. A figure is the median over windows of some calls each.
"""
import statistics
import sys
import time

import timm
import torch
from transformers import RobertaConfig, RobertaModel

WINDOWS = 15
torch.set_num_threads(2)
torch.manual_seed(1)


def timed(what, calls, run):
    with torch.inference_mode():
        for _ in range(3 * calls):
            run()
        millis = []
        for _ in range(WINDOWS):
            time.sleep(0.1)
            run()
            start = time.perf_counter()
            for _ in range(calls):
                run()
            millis.append((time.perf_counter() - start) * 1e3 / calls)
    print(f"{what:44s} median {statistics.median(millis):8.2f} ms, best {min(millis):8.2f} ms", flush=True)


def images(name, model, numbers, calls, layouts):
    for layout in layouts:
        network = timm.create_model(model, num_classes=0).eval().to(numbers).to(memory_format=layout)
        for batch in 1, 8:
            x = torch.randn(batch, 3, 224, 224, dtype=numbers).to(memory_format=layout)
            timed(f"{name}, {kind(numbers)}, {kind(layout)}, batch {batch}", calls, lambda: network(x))


def texts(numbers):
    config = RobertaConfig(vocab_size=50265, max_position_embeddings=514, type_vocab_size=1, layer_norm_eps=1e-5)
    network = RobertaModel(config, add_pooling_layer=False).eval().to(numbers)
    for batch in 1, 8:
        ids = torch.randint(5, 50000, (batch, 128))
        mask = torch.ones_like(ids)
        timed(f"RoBERTa-base, {kind(numbers)}, batch {batch}", 1, lambda: network(input_ids=ids, attention_mask=mask))


def kind(value):
    return str(value).removeprefix("torch.")


wanted = sys.argv[1:] or ["vit", "rexnet", "roberta"]
for numbers in torch.float32, torch.bfloat16:
    if "vit" in wanted:
        images("ViT-B/16", "vit_base_patch16_224", numbers, 1, [torch.contiguous_format])
    if "rexnet" in wanted:
        images("RexNet-100", "rexnet_100", numbers, 4, [torch.contiguous_format, torch.channels_last])
    if "roberta" in wanted:
        texts(numbers)
