# SPDX-License-Identifier: Apache-2.0
# Writes preprocessing.expected.json: configurations, and for image sizes (width x height) the CRC-32 of the float32 result.
import json, zlib
import numpy as np
from PIL import Image
from timm.data import create_transform, resolve_data_config
from transformers.models.clip.image_processing_pil_clip import CLIPImageProcessorPil
from transformers.models.deit.image_processing_pil_deit import DeiTImageProcessorPil
from transformers.models.vit.image_processing_pil_vit import ViTImageProcessorPil

SIZES = [(500, 375), (37, 52), (53, 41), (32, 32), (224, 224), (19, 240), (227, 229), (1, 50), (300, 3)]
TIMM = [
    {}, {"crop_pct": 0.95}, {"crop_pct": 1.0, "interpolation": "bilinear"}, {"interpolation": "lanczos", "input_size": [3, 33, 33]},
    {"crop_mode": "squash", "crop_pct": 0.9}, {"crop_mode": "border"}, {"crop_mode": "border", "crop_pct": 1.0, "input_size": [3, 63, 40]},
    {"input_size": [3, 48, 64]}, {"input_size": [3, 47, 31], "crop_pct": 0.9}, {"input_size": [3, 31, 50], "crop_mode": "squash"},
    {"interpolation": "nearest"}, {"interpolation": "box", "mean": [0.1, 0.2, 0.3], "std": [1.5, 2, 0.7]}, {"interpolation": "hamming"},
]
HF = [
    {"image_processor_type": "ViTImageProcessor"}, {"image_processor_type": "DeiTImageProcessor"},
    {"feature_extractor_type": "CLIPFeatureExtractor"},
    {"feature_extractor_type": "ViTFeatureExtractor", "do_normalize": True, "do_resize": True, "size": 96, "resample": 3},
    {"feature_extractor_type": "DeiTFeatureExtractor", "size": 256, "crop_size": 224, "do_center_crop": True, "resample": 3,
     "image_mean": [0.485, 0.456, 0.406], "image_std": [0.229, 0.224, 0.225]},
    {"image_processor_type": "CLIPImageProcessor", "size": {"shortest_edge": 33}, "crop_size": {"height": 30, "width": 28}},
    {"image_processor_type": "CLIPImageProcessor", "size": 41, "crop_size": 36, "resample": 2},
    {"image_processor_type": "ViTImageProcessor", "size": {"height": 31, "width": 57}, "do_rescale": False},
    {"image_processor_type": "ViTImageProcessor", "do_normalize": False, "size": 40},
    {"image_processor_type": "ViTImageProcessor", "rescale_factor": 0.01, "size": 40},
    {"image_processor_type": "CLIPImageProcessor", "do_resize": False, "crop_size": 60},
    {"image_processor_type": "DeiTImageProcessor", "size": 30, "crop_size": 45},
]
CLASSES = {"ViT": ViTImageProcessorPil, "DeiT": DeiTImageProcessorPil, "CLIP": CLIPImageProcessorPil}


def synthetic(width, height):
    y, x, c = np.meshgrid(range(height), range(width), range(3), indexing="ij")
    return Image.fromarray(((37 * x + 91 * y + 53 * c + 7 * x * y) % 256).astype(np.uint8))


def timm_result(config):
    # What a pretrained_cfg would hold: absent keys are filled in by timm's PretrainedCfg.
    transform = create_transform(**resolve_data_config({}, pretrained_cfg={"tag": "x", **config}))
    return lambda image: transform(image).numpy()


def hf_result(config):
    name = config.get("image_processor_type", config.get("feature_extractor_type"))
    processor = next(c for n, c in CLASSES.items() if name.startswith(n))(**config)
    return lambda image: np.asarray(processor(image)["pixel_values"][0])


def sums(function):
    result = {}
    for size in SIZES:
        try:
            values = function(synthetic(*size))
        except ValueError as e:  # a side of 0 pixels
            print(size, e)
            continue
        assert values.dtype == np.float32 or values.dtype == np.uint8, values.dtype
        result["%dx%d" % size] = "%08x" % zlib.crc32(np.ascontiguousarray(values, "<f4").tobytes())
    return result


rows = [{"library": "timm", "config": c, "crc": sums(timm_result(c))} for c in TIMM]
rows += [{"library": "transformers", "config": c, "crc": sums(hf_result(c))} for c in HF]
with open("preprocessing.expected.json", "w") as out:
    out.write("[\n" + ",\n".join(json.dumps(r) for r in rows) + "\n]\n")
