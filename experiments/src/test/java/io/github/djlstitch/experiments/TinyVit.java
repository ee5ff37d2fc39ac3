// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.experiments;

import io.github.djlstitch.core.internal.file.SafetensorsWriter;
import io.github.djlstitch.core.internal.file.Tensor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** A vision transformer of one layer with random weights, as a folder of the Hub. */
final class TinyVit {
  private TinyVit() {}

  /** Writes one; another seed is another network. */
  static String write(Path folder, int width, long seed) throws IOException {
    Files.createDirectories(folder);
    Files.writeString(
        folder.resolve("config.json"),
        """
        {"model_type": "vit", "hidden_size": %d, "intermediate_size": 16, "num_hidden_layers": 1,
         "num_attention_heads": 2, "image_size": 8, "patch_size": 4, "num_channels": 3,
         "layer_norm_eps": 1e-12, "hidden_act": "gelu", "qkv_bias": true}
        """
            .formatted(width));
    Files.writeString(
        folder.resolve("preprocessor_config.json"),
        """
        {"do_normalize": true, "do_resize": true, "image_mean": [0.5, 0.5, 0.5],
         "image_std": [0.5, 0.5, 0.5], "resample": 2, "size": 8}
        """);
    SafetensorsWriter.write(
        folder.resolve("model.safetensors"), Map.of(), tensors(width, new Random(seed)));
    return folder.toString();
  }

  private static List<Tensor> tensors(int width, Random random) {
    List<Tensor> tensors = new ArrayList<>();
    tensors.add(tensor(random, "embeddings.cls_token", 1, 1, width));
    tensors.add(tensor(random, "embeddings.position_embeddings", 1, 5, width));
    tensors.add(tensor(random, "embeddings.patch_embeddings.projection.weight", width, 3, 4, 4));
    tensors.add(tensor(random, "embeddings.patch_embeddings.projection.bias", width));
    String layer = "encoder.layer.0.";
    for (String name : List.of("query", "key", "value")) {
      dense(random, tensors, layer + "attention.attention." + name, width, width);
    }
    dense(random, tensors, layer + "attention.output.dense", width, width);
    dense(random, tensors, layer + "intermediate.dense", 16, width);
    dense(random, tensors, layer + "output.dense", width, 16);
    for (String norm :
        List.of(layer + "layernorm_before", layer + "layernorm_after", "layernorm")) {
      tensors.add(tensor(random, norm + ".weight", width));
      tensors.add(tensor(random, norm + ".bias", width));
    }
    return tensors;
  }

  private static void dense(Random random, List<Tensor> tensors, String name, int out, int in) {
    tensors.add(tensor(random, name + ".weight", out, in));
    tensors.add(tensor(random, name + ".bias", out));
  }

  private static Tensor tensor(Random random, String name, int... shape) {
    int size = 1;
    for (int side : shape) {
      size *= side;
    }
    float[] values = new float[size];
    for (int i = 0; i < size; i++) {
      values[i] = (float) random.nextGaussian();
    }
    return Tensor.floats(name, shape, values);
  }
}
