// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.encoders.internal.vision;

import ai.djl.ndarray.types.Shape;
import io.github.djlstitch.encoders.internal.block.FrozenWeights;
import io.github.djlstitch.encoders.internal.weights.WeightSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The tensors that a vision transformer needs from a checkpoint, in order, and its optional parts.
 */
final class VitTensors {
  static final String POOLER = "pooler.dense";
  static final String PROJECTION = "visual_projection.weight";
  static final String BEFORE_BLOCKS = "vision_model.pre_layrnorm"; // spelled so
  private static final String POOLED_NORM = "fc_norm";

  private final VitConfig config;
  private final VitNames names;
  private final Optional<ResNetShape> resNet;
  private final boolean pooledNorm;
  private final Map<String, Shape> shapes = new LinkedHashMap<>();

  private VitTensors(VitConfig config, WeightSource source) {
    this.config = config;
    this.names = config.layout().names();
    boolean timm =
        switch (config.layout()) {
          case TIMM -> true;
          case HUGGING_FACE, CLIP -> false;
        };
    this.resNet = timm ? ResNetShape.of(source) : Optional.empty();
    this.pooledNorm = timm && source.names().contains(POOLED_NORM + ".weight");
    requireRoom(source);
    embeddings();
    for (int i = 0; i < config.depth(); i++) {
      block(names.block() + i + ".");
    }
    norm(finalNorm());
    optional(source);
  }

  // In a block two norms, the attention's output and two layers have a weight and a bias each.
  private void requireRoom(WeightSource source) {
    int each = 2 * 5 + names.queryKeyValue().size() * (config.queryBias() ? 2 : 1);
    String last = names.block() + (config.depth() - 1) + "." + names.before() + ".weight";
    FrozenWeights.requireRoom(config.depth(), each, last, source);
  }

  static VitTensors of(VitConfig config, WeightSource source) {
    return new VitTensors(config, source);
  }

  /** Names and shapes, in order. */
  Map<String, Shape> shapes() {
    return shapes;
  }

  boolean has(String name) {
    return shapes.containsKey(name);
  }

  Optional<ResNetShape> resNet() {
    return resNet;
  }

  /** The name of the norm after the blocks or after the pooling. */
  String finalNorm() {
    return pooledNorm ? POOLED_NORM : names.norm();
  }

  /** Returns true if the last norm is applied to the vector, not to the tokens. */
  boolean normAfterPool() {
    return pooledNorm || config.layout().normsVector();
  }

  /** The number of rows of a matrix that is there. */
  int rows(String name) {
    return Math.toIntExact(shapes.getOrDefault(name, new Shape(0)).get(0));
  }

  private void embeddings() {
    int d = config.width();
    boolean flat = config.layout().storesFlat();
    shapes.put(names.classToken(), flat ? new Shape(d) : new Shape(1, 1, d));
    if (config.distilled()) {
      shapes.put(names.distillationToken(), new Shape(1, 1, d));
    }
    int tokens = config.tokens();
    shapes.put(names.positions(), flat ? new Shape(tokens, d) : new Shape(1, tokens, d));
    int channels = resNet.map(ResNetShape::channels).orElse(3);
    int side = config.patch() / resNet.map(ResNetShape::stride).orElse(1);
    shapes.put(names.patches() + ".weight", new Shape(d, channels, side, side));
    if (config.layout().normsFirst()) {
      norm(BEFORE_BLOCKS);
    } else {
      shapes.put(names.patches() + ".bias", new Shape(d));
    }
    resNet.ifPresent(r -> r.declare(shapes));
  }

  private void block(String block) {
    norm(block + names.before());
    int d = config.width();
    List<String> parts = names.queryKeyValue();
    for (String part : parts) {
      dense(block + part, 3L * d / parts.size(), d, config.queryBias());
    }
    dense(block + names.attended(), d, d, true);
    norm(block + names.after());
    dense(block + names.widen(), config.intermediate(), d, true);
    dense(block + names.narrow(), d, config.intermediate(), true);
  }

  private void optional(WeightSource source) {
    switch (config.layout()) {
      case TIMM -> {}
      case HUGGING_FACE -> pooler(source);
      case CLIP -> projection(source);
    }
  }

  private void pooler(WeightSource source) {
    if (source.names().contains(POOLER + ".weight")) {
      dense(POOLER, rows(source, POOLER + ".weight"), config.width(), true);
    }
  }

  private void projection(WeightSource source) {
    boolean both = source.names().contains("text_projection.weight");
    if (both || source.names().contains(PROJECTION)) {
      shapes.put(PROJECTION, new Shape(rows(source, PROJECTION), config.width()));
    }
  }

  private static long rows(WeightSource source, String name) {
    if (!source.names().contains(name) || source.shape(name).dimension() == 0) {
      return 1; // filling the parameters refuses it
    }
    return source.shape(name).get(0);
  }

  private void dense(String name, long out, long in, boolean bias) {
    shapes.put(name + ".weight", new Shape(out, in));
    if (bias) {
      shapes.put(name + ".bias", new Shape(out));
    }
  }

  private void norm(String name) {
    shapes.put(name + ".weight", new Shape(config.width()));
    shapes.put(name + ".bias", new Shape(config.width()));
  }
}
