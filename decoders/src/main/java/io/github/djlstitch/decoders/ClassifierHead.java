// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.decoders;

import ai.djl.ndarray.NDManager;
import ai.djl.nn.Block;
import io.github.djlstitch.core.FloatMatrix;
import io.github.djlstitch.core.StitchException;
import io.github.djlstitch.core.internal.script.ScriptPart;
import io.github.djlstitch.core.internal.script.Scripted;
import io.github.djlstitch.core.stitch.Decoder;
import io.github.djlstitch.core.stitch.DecoderSpec;
import java.util.Map;

/** A trained classifier on one space. Its weights are on the heap; immutable and thread-safe. */
public final class ClassifierHead implements Decoder, Scripted {
  private final DecoderSpec spec;
  private final HeadWeights weights;
  private final Map<String, Double> metrics;

  ClassifierHead(DecoderSpec spec, HeadWeights weights, Map<String, Double> metrics) {
    if (weights.width() != spec.width() || weights.classes() != spec.classes().size()) {
      throw StitchException.badInput(
          "'%s' must map %d values to %d classes but its weights map %d to %d",
          spec.name(), spec.width(), spec.classes().size(), weights.width(), weights.classes());
    }
    this.spec = spec;
    this.weights = weights;
    this.metrics = Map.copyOf(metrics);
  }

  @Override
  public DecoderSpec spec() {
    return spec;
  }

  /**
   * Returns the figures measured at training by name, for example {@code train_accuracy}.
   * Immutable.
   */
  public Map<String, Double> metrics() {
    return metrics;
  }

  /**
   * The head as a DJL block, (B, width) to (B, C), for composition; the manager owns its weights.
   * They are frozen, because encoders give arrays of inference, which no thread can record
   * gradients of; {@code freezeParameters(false)} makes them trainable.
   */
  public Block block(NDManager manager) {
    return weights.frozen(manager);
  }

  @Override
  public ScriptPart script() {
    return weights.script();
  }

  HeadWeights weights() {
    return weights;
  }

  @Override
  public FloatMatrix decode(FloatMatrix inputs) {
    requireReadable(inputs);
    return weights.decode(inputs);
  }

  /** As {@link #decode}, normalized over these inputs: {@link Reading#TRANSDUCTIVE}. */
  FloatMatrix decodeTogether(FloatMatrix inputs) {
    requireReadable(inputs);
    return inputs.rows() == 0 ? weights.decode(inputs) : weights.decodeTogether(inputs);
  }

  private void requireReadable(FloatMatrix inputs) {
    if (inputs.columns() != spec.width()) {
      throw StitchException.badInput(
          "'%s' reads %d values but got %d; feed it the %s space it was trained on",
          spec.name(), spec.width(), inputs.columns(), spec.reads().id());
    }
    inputs
        .firstNonFiniteRow()
        .ifPresent(
            row -> {
              throw StitchException.badInput(
                  "'%s' cannot read sample %d: it has a value that is not finite; leave it out",
                  spec.name(), row);
            });
  }
}
