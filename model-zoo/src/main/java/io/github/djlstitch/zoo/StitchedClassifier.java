// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.zoo;

import io.github.djlstitch.core.FloatMatrix;
import io.github.djlstitch.core.stitch.Encoder;
import io.github.djlstitch.core.stitch.Method;
import io.github.djlstitch.core.stitch.Stitching;
import java.util.List;

/**
 * An encoder plugged into a head that another encoder trained: inputs to probabilities of the
 * head's classes. It owns the encoder until it is closed; thread-safe.
 *
 * @param <I> what the encoder reads, texts or images
 */
public final class StitchedClassifier<I> implements AutoCloseable {
  private final Encoder<I> encoder;
  private final Stitching stitching;

  StitchedClassifier(Encoder<I> encoder, Stitching stitching) {
    this.encoder = encoder;
    this.stitching = stitching;
  }

  /** The names of the classes, in the order of the probabilities. */
  public List<String> classes() {
    return stitching.decoder().spec().classes();
  }

  /** Returns the way in which the encoder's vectors reach the head. */
  public Method method() {
    return stitching.method();
  }

  /** The encoder, which this closes. */
  public Encoder<I> encoder() {
    return encoder;
  }

  /**
   * Classifies.
   *
   * @param inputs N of them; N may be 0
   * @return probabilities of the classes, one row for each input, shape (N, C)
   * @throws io.github.djlstitch.core.StitchException (bad input) naming an input that cannot be
   *     read; (usage) if it is closed
   */
  public FloatMatrix probabilities(List<I> inputs) {
    FloatMatrix scores = stitching.decode(encoder.encode(inputs)); // (N, C)
    float[][] rows = new float[scores.rows()][];
    for (int i = 0; i < rows.length; i++) {
      rows[i] = softmax(scores.row(i));
    }
    return rows.length == 0 ? scores : FloatMatrix.of(rows);
  }

  private static float[] softmax(float[] scores) {
    double largest = Double.NEGATIVE_INFINITY;
    for (float score : scores) {
      largest = Math.max(largest, score);
    }
    double sum = 0;
    for (float score : scores) {
      sum += Math.exp(score - largest);
    }
    float[] shares = new float[scores.length];
    for (int i = 0; i < shares.length; i++) {
      shares[i] = (float) (Math.exp(scores[i] - largest) / sum);
    }
    return shares;
  }

  /** Closes the encoder. */
  @Override
  public void close() {
    encoder.close();
  }
}
