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
import java.util.Optional;
import java.util.TreeMap;

/** A trained classifier on one space. Its weights are on the heap; immutable and thread-safe. */
public final class ClassifierHead implements Decoder, Scripted {
  private final DecoderSpec spec;
  private final HeadWeights weights;
  private final Map<String, Double> metrics;
  private final Optional<Standalone> standalone;

  ClassifierHead(DecoderSpec spec, HeadWeights weights, Map<String, Double> metrics) {
    this(spec, weights, metrics, Optional.empty());
  }

  ClassifierHead(
      DecoderSpec spec,
      HeadWeights weights,
      Map<String, Double> metrics,
      Optional<Standalone> standalone) {
    if (weights.width() != spec.width() || weights.classes() != spec.classes().size()) {
      throw StitchException.badInput(
          "'%s' must map %d values to %d classes but its weights map %d to %d",
          spec.name(), spec.width(), spec.classes().size(), weights.width(), weights.classes());
    }
    this.spec = spec;
    this.weights = weights;
    this.metrics = Map.copyOf(metrics);
    this.standalone = standalone;
    standalone.ifPresent(known -> requireFit(spec, known));
  }

  private static void requireFit(DecoderSpec spec, Standalone known) {
    if (known.space().anchors().rows() != spec.anchors().count()) {
      throw StitchException.badInput(
          "'%s' has %d anchors but vectors of %d",
          spec.name(), spec.anchors().count(), known.space().anchors().rows());
    }
    if (!known.samples().equals(spec.anchors().samples())) {
      throw StitchException.badInput(
          "'%s' has anchors made of other samples than its %d anchor inputs",
          spec.name(), known.samples().size());
    }
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
   * Returns what it takes to feed the head from any encoder; empty for a head that was trained for
   * one grid.
   */
  public Optional<Standalone> standalone() {
    return standalone;
  }

  /** The same head, able to be fed from any encoder. */
  public ClassifierHead with(Standalone known) {
    return new ClassifierHead(spec, weights, metrics, Optional.of(known));
  }

  /** The same head with one more figure. */
  public ClassifierHead withMetric(String name, double value) {
    Map<String, Double> more = new TreeMap<>(metrics);
    more.put(name, value);
    return new ClassifierHead(spec, weights, more, standalone);
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
