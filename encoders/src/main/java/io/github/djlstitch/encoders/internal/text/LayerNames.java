// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.encoders.internal.text;

import ai.djl.ndarray.types.Shape;
import io.github.djlstitch.encoders.internal.block.FrozenWeights;
import io.github.djlstitch.encoders.internal.weights.WeightSource;
import java.util.List;
import java.util.Map;

/**
 * Names of a transformer layer's parameters in a checkpoint, in the order in which {@link
 * TransformerProgram} unpacks them: query, key, value, attention output, the norm behind the
 * attention, the two feed-forward layers, and the norm behind them (before the attention where
 * norms come first).
 */
record LayerNames(String prefix, List<String> parts) {
  private static final List<String> BERT_PARTS =
      List.of(
          "attention.self.query",
          "attention.self.key",
          "attention.self.value",
          "attention.output.dense",
          "attention.output.LayerNorm",
          "intermediate.dense",
          "output.dense",
          "output.LayerNorm");

  private static final List<String> DISTILBERT_PARTS =
      List.of(
          "attention.q_lin",
          "attention.k_lin",
          "attention.v_lin",
          "attention.out_lin",
          "sa_layer_norm",
          "ffn.lin1",
          "ffn.lin2",
          "output_layer_norm");

  private static final List<String> MPNET_PARTS =
      List.of(
          "attention.attn.q",
          "attention.attn.k",
          "attention.attn.v",
          "attention.attn.o",
          "attention.LayerNorm",
          "intermediate.dense",
          "output.dense",
          "output.LayerNorm");

  private static final List<String> CLIP_PARTS =
      List.of(
          "self_attn.q_proj",
          "self_attn.k_proj",
          "self_attn.v_proj",
          "self_attn.out_proj",
          "layer_norm2",
          "mlp.fc1",
          "mlp.fc2",
          "layer_norm1");

  static LayerNames clip(String tower) {
    return new LayerNames(tower + "encoder.layers.", CLIP_PARTS);
  }

  static LayerNames of(TextConfig.Family family) {
    return switch (family) {
      case BERT, ROBERTA, ELECTRA -> new LayerNames("encoder.layer.", BERT_PARTS);
      case DISTILBERT -> new LayerNames("transformer.layer.", DISTILBERT_PARTS);
      case MPNET -> new LayerNames("encoder.layer.", MPNET_PARTS);
    };
  }

  /**
   * Checks that a checkpoint has enough tensors for its layers, before any layer is allocated.
   *
   * @throws io.github.djlstitch.core.StitchException (bad input) naming the first tensor that must
   *     be missing
   */
  void requireRoom(int layers, WeightSource source) {
    String last = prefix + (layers - 1) + "." + parts.get(0) + ".weight";
    FrozenWeights.requireRoom(layers, 2 * parts.size(), last, source);
  }

  /** The norm that a layer, counted from 0, ends with, where norms come behind. */
  String outputNorm(int layer) {
    return prefix + layer + "." + parts.get(7);
  }

  /** Declares the parameters of all layers. */
  void declare(Map<String, Shape> shapes, int layers, int width, int intermediate) {
    for (int i = 0; i < layers; i++) {
      String layer = prefix + i + ".";
      for (String part : parts.subList(0, 4)) {
        dense(shapes, layer + part, width, width);
      }
      norm(shapes, layer + parts.get(4), width);
      dense(shapes, layer + parts.get(5), intermediate, width);
      dense(shapes, layer + parts.get(6), width, intermediate);
      norm(shapes, layer + parts.get(7), width);
    }
  }

  static void dense(Map<String, Shape> shapes, String name, int out, int in) {
    shapes.put(name + ".weight", new Shape(out, in));
    shapes.put(name + ".bias", new Shape(out));
  }

  static void norm(Map<String, Shape> shapes, String name, int width) {
    shapes.put(name + ".weight", new Shape(width));
    shapes.put(name + ".bias", new Shape(width));
  }
}
