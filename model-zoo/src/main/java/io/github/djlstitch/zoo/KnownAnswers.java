// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.zoo;

import io.github.djlstitch.core.internal.file.JsonCard;
import io.github.djlstitch.core.stitch.Encoder;
import io.github.djlstitch.encoders.image.ImageSource;
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
 * A sentence or a picture for each encoder that comes with the build, and the vector that the
 * reference library computes for it; the file beside this class names the library. Detects a
 * machine that computes wrong numbers. Immutable.
 */
public final class KnownAnswers {
  /**
   * Largest difference of a value that is still right, as a share of the vector's length: that of
   * float32, some hundred times its rounding of 1. The encoders' tests against ONNX Runtime have
   * the same.
   */
  public static final double TOLERANCE = 1e-5;

  private static final String FILE = "known-answers.json";

  private final List<Known> known;

  private KnownAnswers(List<Known> known) {
    this.known = List.copyOf(known);
  }

  /**
   * Compares an encoder's vector of its test input with the reference library's.
   *
   * @param encoder its name in the zoo
   * @param dimension number of values in its vector
   * @param largestDifference of one value from the reference library's, as a share of the vector's
   *     length; not a number if a value is not, and infinite if there are more or fewer values than
   *     the library's
   * @param right true if that is at most {@link #TOLERANCE}
   */
  public record Answer(String encoder, int dimension, double largestDifference, boolean right) {}

  /**
   * An input, and the vector that an encoder should compute.
   *
   * @param input a sentence; for an encoder of images, the id of a picture of {@code digits}
   */
  record Known(String encoder, String input, List<Double> vector) {
    Known {
      vector = List.copyOf(vector);
    }

    private static Known read(JsonCard card) {
      return new Known(card.text("encoder"), card.text("input"), card.reals("vector"));
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
      return largest / length();
    }

    double length() {
      return Math.sqrt(vector.stream().mapToDouble(x -> x * x).sum());
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
        .filter(k -> k.encoder().equals(encoder) && isOnClassPath(encoder))
        .findFirst()
        .map(k -> k.judge(vector(zoo, k)));
  }

  private static boolean isOnClassPath(String encoder) {
    return EmbeddedModels.areOnClassPath(encoder) || EmbeddedCheckpoint.areOnClassPath(encoder);
  }

  private static float[] vector(ModelZoo zoo, Known known) {
    ModelZoo plain = zoo.reading(how -> EncoderOptions.defaults().withDevice(how.device()));
    return plain.readsImages(known.encoder())
        ? vector(plain.imageEncoder(known.encoder()), digit(plain, known.input()))
        : vector(plain.encoder(known.encoder()), known.input());
  }

  private static <I> float[] vector(Encoder<I> encoder, I input) {
    try (encoder) {
      return encoder.encode(List.of(input)).toArray(); // (1, D)
    }
  }

  private static ImageSource digit(ModelZoo zoo, String id) {
    return zoo.dataset("digits").requireImages().test().stream()
        .filter(sample -> sample.id().equals(id))
        .findFirst()
        .orElseThrow()
        .input();
  }
}
