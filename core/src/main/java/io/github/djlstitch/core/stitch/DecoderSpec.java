// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.core.stitch;

import io.github.djlstitch.core.FloatMatrix;
import io.github.djlstitch.core.Named;
import io.github.djlstitch.core.StitchException;
import io.github.djlstitch.core.internal.file.Sha256;
import io.github.djlstitch.core.internal.script.ScriptPart;
import io.github.djlstitch.core.relative.AnchoredSpace;
import io.github.djlstitch.core.relative.Centering;
import io.github.djlstitch.core.relative.InvarianceProduct;
import io.github.djlstitch.core.relative.InvarianceProduct.Merge;
import io.github.djlstitch.core.relative.Similarity;
import io.github.djlstitch.core.relative.Standardization;
import io.github.djlstitch.core.space.Anchors;
import io.github.djlstitch.core.space.Provenance;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

/**
 * The vectors that a decoder reads and the space that it was trained on: enough to feed it from
 * another encoder.
 *
 * @param reads absolute vectors of its own encoder, or relative ones
 * @param training the latent space it was trained on
 * @param anchors the anchors that center, and for a relative head span, its input space
 * @param similarity of the relative space; for an absolute head it only says how vectors are
 *     standardized
 * @param centering whether vectors are centered on the anchors
 * @param width of its input: D, M or 4 M
 * @param classes names of its outputs, in order
 * @param head its architecture and training
 * @param seed of its training
 */
public record DecoderSpec(
    Reads reads,
    Provenance training,
    Anchors anchors,
    Similarity similarity,
    Centering centering,
    int width,
    List<String> classes,
    Head head,
    long seed) {

  /** The space a decoder reads. */
  public enum Reads implements Named {
    /** Standardized vectors of its own encoder, (N, D). */
    ABSOLUTE,
    /** Relative representations, (N, M). */
    RELATIVE,
    /**
     * Four relative representations side by side, (N, 4 M), of unit length: {@link
     * InvarianceProduct#of}.
     */
    PRODUCT;

    UnaryOperator<FloatMatrix> inputs(
        AnchoredSpace space, Similarity similarity, Centering centering) {
      return switch (this) {
        case ABSOLUTE -> space.frame(centering, true)::apply;
        case RELATIVE -> space.projection(similarity, centering)::apply;
        case PRODUCT -> {
          var product = InvarianceProduct.of(centering, Merge.CONCAT).over(space);
          // Of unit length, so that a head's L2 weight means the same as for the other spaces.
          var unit = Standardization.plain(product.outputWidth(), true);
          yield vectors -> unit.apply(product.apply(vectors));
        }
      };
    }

    ScriptPart script(AnchoredSpace space, Similarity similarity, Centering centering) {
      return switch (this) {
        case ABSOLUTE -> space.frame(centering, true).script();
        case RELATIVE -> space.projection(similarity, centering).script();
        case PRODUCT -> {
          var product = InvarianceProduct.of(centering, Merge.CONCAT).over(space);
          var unit = Standardization.plain(product.outputWidth(), true);
          yield ScriptPart.sequence("Inputs", List.of(product.script(), unit.script()));
        }
      };
    }

    /** Returns the width of these inputs in a space so wide with so many anchors. */
    int width(int columns, int anchors) {
      return switch (this) {
        case ABSOLUTE -> columns;
        case RELATIVE -> anchors;
        case PRODUCT -> InvarianceProduct.of(Centering.NONE, Merge.CONCAT).width(anchors);
      };
    }
  }

  /**
   * A head's architecture and what decides its training, besides its data and seed.
   *
   * @param kind its architecture, for example {@code linear}
   * @param settings numbers of the training by name, in order; flags have an empty value
   */
  public record Head(String kind, Map<String, String> settings) {
    /** Takes a copy of the settings, in their order. */
    public Head {
      settings = Collections.unmodifiableMap(new LinkedHashMap<>(settings));
    }

    /** A kind without settings. */
    public static Head of(String kind) {
      return new Head(kind, Map.of());
    }

    /** With one more number. */
    public Head with(String name, Number value) {
      return with(name, value.toString());
    }

    /** With one more flag. */
    public Head with(String flag) {
      return with(flag, "");
    }

    /** With one more setting in words. */
    public Head with(String name, String value) {
      Map<String, String> more = new LinkedHashMap<>(settings);
      more.put(name, value);
      return new Head(kind, more);
    }

    /** Writes it as files and keys do: {@code linear l2=3.0E-5 balanced}. */
    public String text() {
      var text = new StringBuilder(kind);
      settings.forEach(
          (name, value) ->
              text.append(' ').append(name).append(value.isEmpty() ? "" : "=" + value));
      return text.toString();
    }

    /** Reads what {@link #text} wrote; any other text is a kind without settings. */
    public static Head parse(String text) {
      String[] words = text.split(" ", -1);
      Map<String, String> settings = new LinkedHashMap<>();
      for (int i = 1; i < words.length; i++) {
        int equals = words[i].indexOf('=');
        settings.put(
            equals < 0 ? words[i] : words[i].substring(0, equals),
            equals < 0 ? "" : words[i].substring(equals + 1));
      }
      var read = new Head(words[0], settings);
      return read.text().equals(text) ? read : of(text);
    }
  }

  /** Takes a copy of the classes and checks that a head fits its anchors. */
  public DecoderSpec {
    classes = List.copyOf(classes);
    if (width != reads.width(width, anchors.count())) {
      throw StitchException.badInput(
          "a %s head over %d anchors cannot read %d values; expected %d",
          reads.id(), anchors.count(), width, reads.width(width, anchors.count()));
    }
  }

  /**
   * Returns the map from vectors of a space, as its encoder gave them, to inputs of this decoder:
   * (N, D) to (N, width).
   *
   * @param space with the decoder's anchors
   */
  public UnaryOperator<FloatMatrix> inputs(AnchoredSpace space) {
    return reads.inputs(space, similarity, centering);
  }

  /** The same map as a part of a TorchScript file. */
  ScriptPart script(AnchoredSpace space) {
    return reads.script(space, similarity, centering);
  }

  /**
   * Returns true if its inputs depend on the mean or covariance of more vectors than its anchors.
   */
  public boolean dependsOnData() {
    return centering == Centering.DATA
        || (reads == Reads.RELATIVE && similarity.kind().readsData());
  }

  /** The decoder's name: its encoder's, with {@code -head}. */
  public String name() {
    return training.encoder() + "-head";
  }

  /** Names the trained head: equal keys mean equal heads. */
  public String key() {
    boolean positive = similarity.kind().distance() && !similarity.negated();
    return Sha256.builder()
        .add(reads.id())
        .add(training.key())
        .add(anchors.sha256())
        .add(similarity.kind().id() + (positive ? " positive" : ""))
        .add(Double.doubleToLongBits(similarity.parameter()))
        .add(centering.id())
        .add(head.text())
        .add(seed)
        .hex();
  }
}
