// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.zoo;

import io.github.djlstitch.core.FloatMatrix;
import io.github.djlstitch.core.StitchException;
import io.github.djlstitch.core.stitch.Encoder;
import io.github.djlstitch.core.stitch.Method;
import io.github.djlstitch.core.stitch.Stitching;
import io.github.djlstitch.decoders.ClassifierHead;
import io.github.djlstitch.encoders.image.ImageSource;
import io.github.djlstitch.zoo.internal.export.ExportedModel;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

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

  /**
   * Plugs a text encoder into a head that stands alone; DJL programs use {@link ModelZoo#stitch}.
   *
   * @param zoo opens the encoder
   * @param encoder its name
   * @param method how vectors reach the head; empty for relative ones where it reads those, else
   *     for coordinates
   * @throws StitchException (bad input) if the head does not stand alone or lacks its anchors'
   *     texts
   */
  public static StitchedClassifier<String> ofTexts(
      ModelZoo zoo, String encoder, ClassifierHead head, Optional<Method> method) {
    return zoo.plugs().texts(zoo.find(encoder), head, method);
  }

  /** As {@link #ofTexts}, with an image encoder. */
  public static StitchedClassifier<ImageSource> ofImages(
      ModelZoo zoo, String encoder, ClassifierHead head, Optional<Method> method) {
    return zoo.plugs().images(zoo.find(encoder), head, method);
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
   * @throws StitchException (bad input) naming an input that cannot be read; (usage) if it is
   *     closed
   */
  public FloatMatrix probabilities(List<I> inputs) {
    return probabilitiesOf(encoder.encode(inputs));
  }

  /** The same for vectors that its encoder has made, shape (N, D). */
  public FloatMatrix probabilitiesOf(FloatMatrix vectors) {
    FloatMatrix scores = stitching.decode(vectors); // (N, C)
    float[][] rows = new float[scores.rows()][];
    for (int i = 0; i < rows.length; i++) {
      rows[i] = softmax(scores.row(i));
    }
    return rows.length == 0 ? scores : FloatMatrix.of(rows);
  }

  /**
   * Writes the encoder, the method and the head as one TorchScript file into a new folder, with
   * what prepares the inputs, the names of the classes and a guide: all that PyTorch, DJL and DJL
   * Serving need, without this library. The folder appears whole or not at all.
   *
   * @throws StitchException (usage) if there is something of that name, or naming the encoder or
   *     method that cannot be exported; (resources) if it cannot be written
   */
  public void export(Path folder) {
    ExportedModel.of(encoder, stitching).write(folder);
  }

  /** Counts the texts so far of which a part was not read, since they exceed its token limit. */
  public long truncated() {
    return Encodings.truncated(encoder);
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
