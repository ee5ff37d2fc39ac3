// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.decoders;

import io.github.djlstitch.core.FloatMatrix;
import io.github.djlstitch.core.StitchException;
import io.github.djlstitch.core.relative.AnchoredSpace;
import java.util.List;
import java.util.Optional;

/**
 * All that a head needs, besides itself, to be fed by any encoder without the data it was trained
 * on. Immutable and thread-safe.
 *
 * @param space the anchors' vectors in the head's own space, (M, D), and vectors of the same space
 *     whose mean and covariance its inputs depend on, (N, D): the anchors again, unless the head
 *     centers on data or measures Mahalanobis distances
 * @param samples ids of the samples that the anchors are made of, each once
 * @param inputsSha256 digest of the samples' texts or images, {@link AnchorInputs#sha256}
 * @param inputs the samples' texts or images; empty if they are private
 * @param reading how the data set was read, a JSON object
 */
public record Standalone(
    AnchoredSpace space,
    List<String> samples,
    String inputsSha256,
    Optional<AnchorInputs> inputs,
    String reading) {

  /** Takes copies. */
  public Standalone {
    samples = List.copyOf(samples);
    inputs.ifPresent(known -> require(known, inputsSha256));
  }

  /** With the samples' texts or images. */
  public static Standalone of(AnchoredSpace space, AnchorInputs inputs, String reading) {
    return new Standalone(space, inputs.ids(), inputs.sha256(), Optional.of(inputs), reading);
  }

  /** The same without the samples' texts or images, for private data. */
  public Standalone withoutInputs() {
    return new Standalone(space, samples, inputsSha256, Optional.empty(), reading);
  }

  /**
   * The same with the samples' texts or images.
   *
   * @throws StitchException (verification) if they are others than the head was trained with
   */
  public Standalone with(AnchorInputs given) {
    return new Standalone(space, samples, inputsSha256, Optional.of(given), reading);
  }

  private static void require(AnchorInputs given, String expected) {
    if (!given.sha256().equals(expected)) {
      throw StitchException.verification(
          "the %d anchor samples given are others than the head was trained with (sha256 %.12s,"
              + " expected %.12s); give the texts of its training data, unchanged",
          given.ids().size(), given.sha256(), expected);
    }
  }

  /** Returns true if other vectors of the space than its anchors count. */
  public boolean dependsOnData() {
    return !space.data().equals(space.anchors());
  }

  /** The rows of the anchors. */
  FloatMatrix anchors() {
    return space.anchors();
  }
}
