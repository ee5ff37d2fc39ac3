// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.decoders;

import io.github.djlstitch.core.Named;
import io.github.djlstitch.core.StitchException;
import io.github.djlstitch.core.internal.name.NearestName;
import io.github.djlstitch.core.stitch.DecoderSpec;
import java.util.List;
import java.util.OptionalDouble;

/**
 * Options of a head's architecture and training. Immutable.
 *
 * @param kind its architecture
 * @param l2 weight of half the squared norm of the weights of a linear head, at least 0; empty to
 *     choose it on the head's own training samples ({@link L2Choice})
 * @param balanced true to weight classes equally, whatever their numbers of samples
 * @param epochs passes of an MLP over the samples
 * @param learningRate of Adam for an MLP
 * @param batch samples in one step of an MLP, at least 2
 */
public record HeadOptions(
    Kind kind, OptionalDouble l2, boolean balanced, int epochs, double learningRate, int batch) {

  /** Architectures. */
  public enum Kind implements Named {
    /** Multinomial logistic regression. */
    LINEAR,
    /** The paper's classifier: two hidden layers of 768 with SiLU and batch statistics. */
    MLP,
    /** The official code's classifier of texts: layer norm, two hidden layers with SiLU, ReLU. */
    OFFICIAL_TEXT,
    /** The same on inputs of unit length, as for texts in several languages. */
    OFFICIAL_UNIT_TEXT,
    /** The official code's classifier of images: unit length, layer norm, one layer with tanh. */
    OFFICIAL_IMAGE,
    /** The official code's classifier for curves over anchors: unit length, one layer of tanh. */
    OFFICIAL_CURVE;

    /** The architecture of that name, of those that users can choose. */
    public static Kind named(String id) {
      for (Kind kind : List.of(LINEAR, MLP)) {
        if (kind.id().equals(id)) {
          return kind;
        }
      }
      throw StitchException.usage(
          "no head '%s'; %sknown: linear, mlp",
          id, NearestName.hint(id, List.of(LINEAR.id(), MLP.id())));
    }
  }

  /** Stands for an L2 weight that is chosen on the head's own training samples, the default. */
  public static final String AUTOMATIC_L2 = "auto";

  /** Name of the architecture if none is given. */
  public static final String DEFAULT_KIND = "linear";

  /** Checks the ranges. */
  public HeadOptions {
    if (!(l2.orElse(0) >= 0) || epochs < 1 || !(learningRate > 0) || batch < 2) {
      throw StitchException.usage(
          "head options l2=%s epochs=%d learning rate=%s batch=%d;"
              + " expected l2 at least 0, epochs at least 1, a rate above 0, batch at least 2",
          l2.isPresent() ? l2.getAsDouble() : AUTOMATIC_L2, epochs, learningRate, batch);
    }
  }

  /** The head that is trained where no other is asked for. */
  public static HeadOptions defaults() {
    return of(Kind.named(DEFAULT_KIND));
  }

  /** Defaults of an architecture; MLP as in the paper. */
  public static HeadOptions of(Kind kind) {
    return new HeadOptions(kind, OptionalDouble.empty(), false, 5, 1e-4, 32);
  }

  /** The same with another training of a network. */
  public HeadOptions withTraining(int passes, double rate, int samples) {
    return new HeadOptions(kind, l2, balanced, passes, rate, samples);
  }

  /** The same with another L2 weight. */
  public HeadOptions withL2(double weight) {
    return withL2(OptionalDouble.of(weight));
  }

  /** The same with another L2 weight, or with one that is chosen. */
  public HeadOptions withL2(OptionalDouble weight) {
    return new HeadOptions(kind, weight, balanced, epochs, learningRate, batch);
  }

  /** The same with equal weight for every class, or not. */
  public HeadOptions withBalanced(boolean balance) {
    return new HeadOptions(kind, l2, balance, epochs, learningRate, batch);
  }

  /** All settings that determine a trained head besides its data and seed. */
  public DecoderSpec.Head head() {
    var head = DecoderSpec.Head.of(kind.id());
    var settings =
        kind == Kind.LINEAR
            ? l2(head)
            : head.with("epochs", epochs).with("rate", learningRate).with("batch", batch);
    return balanced ? settings.with("balanced") : settings;
  }

  private DecoderSpec.Head l2(DecoderSpec.Head head) {
    return l2.isPresent()
        ? head.with(HeadTrainer.L2, l2.getAsDouble())
        : head.with(HeadTrainer.L2, AUTOMATIC_L2);
  }
}
