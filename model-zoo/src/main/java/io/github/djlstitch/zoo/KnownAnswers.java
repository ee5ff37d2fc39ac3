// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.zoo;

import io.github.djlstitch.core.internal.file.JsonCard;
import io.github.djlstitch.encoders.options.EncoderOptions;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * A sentence for each encoder that comes with the build, and the vector that the reference library
 * computes for it; the file beside this class names the library. Detects a machine that computes
 * wrong numbers. Immutable.
 */
public final class KnownAnswers {
  /**
   * Largest difference of a value of a unit vector that is still right: that of float32, some
   * hundred times its rounding of 1. The encoders' tests against ONNX Runtime have the same.
   */
  public static final double TOLERANCE = 1e-5;

  private static final String FILE = "known-answers.json";

  private final List<Known> known;

  private KnownAnswers(List<Known> known) {
    this.known = List.copyOf(known);
  }

  /**
   * Compares an encoder's vector of its test sentence with the reference library's.
   *
   * @param encoder its name in the zoo
   * @param dimension number of values in its vector
   * @param largestDifference of one value from the reference library's; not a number if a value is
   *     not, and infinite if there are more or fewer values than the library's
   * @param right true if that is at most {@link #TOLERANCE}
   */
  public record Answer(String encoder, int dimension, double largestDifference, boolean right) {}

  /** A sentence, and the vector that an encoder should compute. */
  record Known(String encoder, String sentence, List<Double> vector) {
    Known {
      vector = List.copyOf(vector);
    }

    private static Known read(JsonCard card) {
      return new Known(card.text("encoder"), card.text("sentence"), card.reals("vector"));
    }

    /** Compares an encoder's vector of the sentence. */
    Answer judge(float... found) {
      double largest = difference(found);
      return new Answer(encoder, found.length, largest, largest <= TOLERANCE);
    }

    private double difference(float... found) {
      if (found.length != vector.size()) {
        return Double.POSITIVE_INFINITY;
      }
      double largest = 0;
      for (int i = 0; i < found.length; i++) {
        largest = Math.max(largest, Math.abs(found[i] - vector.get(i))); // NaN if either is
      }
      return largest;
    }
  }

  /** The answers of the encoders that come with the build. */
  public static KnownAnswers stored() {
    JsonCard card = JsonCard.parse(Path.of(FILE), text());
    return new KnownAnswers(card.cards("answers").stream().map(Known::read).toList());
  }

  /** Others, for tests. */
  static KnownAnswers of(List<Known> known) {
    return new KnownAnswers(known);
  }

  List<Known> known() {
    return known;
  }

  private static String text() {
    try (InputStream in =
        Objects.requireNonNull(KnownAnswers.class.getResourceAsStream(FILE), FILE)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Asks all encoders whose files are on the class path, one after the other, in the order of
   * {@link ModelZoo#bundled()}. Unpacks their files into the zoo's cache when they are not there
   * yet.
   *
   * @param zoo whose cache and device are used; the encoders are opened in float32, as their cards
   *     say, whatever its other options
   * @throws io.github.djlstitch.core.StitchException if an encoder cannot be opened; not if its
   *     numbers are wrong
   */
  public List<Answer> ask(ModelZoo zoo) {
    return zoo.bundled().stream().flatMap(name -> ask(zoo, name).stream()).toList();
  }

  /**
   * As {@link #ask(ModelZoo)}, of one; empty if it has no answer, or no files on the class path.
   */
  public Optional<Answer> ask(ModelZoo zoo, String encoder) {
    return known.stream()
        .filter(k -> k.encoder().equals(encoder) && EmbeddedModels.areOnClassPath(encoder))
        .findFirst()
        .map(k -> k.judge(vector(zoo, k)));
  }

  private static float[] vector(ModelZoo zoo, Known known) {
    ModelZoo plain = zoo.reading(how -> EncoderOptions.defaults().withDevice(how.device()));
    try (var encoder = plain.encoder(known.encoder())) {
      return encoder.encode(List.of(known.sentence())).toArray(); // (1, D)
    }
  }
}
