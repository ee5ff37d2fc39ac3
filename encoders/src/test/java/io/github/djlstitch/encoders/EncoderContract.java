// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.encoders;

import static io.github.djlstitch.encoders.Refusals.refused;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import io.github.djlstitch.core.FloatMatrix;
import io.github.djlstitch.core.StitchException;
import io.github.djlstitch.core.StitchException.Kind;
import io.github.djlstitch.core.stitch.Encoder;
import io.github.djlstitch.encoders.internal.encoder.PortableEncoder;
import io.github.djlstitch.encoders.options.EncoderOptions;
import io.github.djlstitch.encoders.options.NumberType;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/** The contract of every encoder, whatever its network and weights; each kind extends it. */
public abstract class EncoderContract<I> {
  private static final EncoderOptions DEFAULTS = EncoderOptions.defaults();
  private static final float TOLERANCE = 2e-6f; // of values up to 1, else relative
  private static final double COSINE = 0.999; // as NumberType promises

  /** Opens the encoder as "mine"; the caller closes it. */
  protected abstract Encoder<I> open(EncoderOptions options) throws IOException;

  /** Opens one whose weights are damaged so that no vector is finite. */
  protected abstract Encoder<I> openDamaged(EncoderOptions options) throws IOException;

  /** Different inputs, the second of which is longer or larger than the first. */
  protected abstract List<I> inputs();

  /** Begins the words that messages have for the only input: {@code text 0 of 1}. */
  protected abstract String nameOf(I input);

  /** Number types that it computes in. */
  protected List<NumberType> numbers() {
    return List.of(NumberType.values());
  }

  /** The inputs as other programs prepare them for its exported network, in one batch. */
  protected abstract NDList prepared(PortableEncoder encoder, List<I> inputs, NDManager manager);

  /** The reason why its network cannot be exported; empty if it can. */
  protected String unexportable() {
    return "";
  }

  private List<EncoderOptions> variants() {
    return numbers().stream().map(DEFAULTS::withNumbers).toList();
  }

  @Test
  void otherProgramsComputeTheSame() throws IOException {
    try (Encoder<I> encoder = open(DEFAULTS)) {
      var portable = (PortableEncoder) encoder;
      if (!unexportable().isEmpty()) {
        refused(unexportable(), Kind.USAGE, portable::script);
        return;
      }
      FloatMatrix expected = encoder.encode(inputs()); // (N, D)
      FloatMatrix found =
          PlainTorch.run(
              portable.script(), manager -> prepared(portable, inputs(), manager)); // (N, D)
      for (int i = 0; i < expected.rows(); i++) {
        assertClose(expected.row(i), found.row(i), DEFAULTS);
      }
    }
  }

  @Test
  void identityIsStable() throws IOException {
    Set<String> digests = new HashSet<>();
    for (EncoderOptions options : variants()) {
      try (Encoder<I> one = open(options);
          Encoder<I> other = open(options.withBatch(1))) {
        FloatMatrix vectors = one.encode(inputs()); // (N, D)
        assertEquals("mine", one.id());
        assertEquals(one.dimension(), vectors.columns());
        assertEquals(one.dimension(), other.dimension());
        assertEquals(one.sha256(), other.sha256());
        assertEquals(64, one.sha256().length());
        digests.add(one.sha256());
      }
    }
    assertEquals(numbers().size(), digests.size(), "number types give other vectors");
  }

  @Test
  void noInputsGiveNoRows() throws IOException {
    for (EncoderOptions options : variants()) {
      try (Encoder<I> encoder = open(options)) {
        assertEquals(FloatMatrix.of(0, encoder.dimension()), encoder.encode(List.of()));
      }
    }
  }

  @Test
  void rowsFollowTheInputs() throws IOException {
    List<I> reversed = new ArrayList<>(inputs());
    Collections.reverse(reversed);
    for (EncoderOptions options : variants()) {
      try (Encoder<I> encoder = open(options.withBatch(2))) {
        FloatMatrix vectors = encoder.encode(inputs()); // (N, D)
        FloatMatrix back = encoder.encode(reversed); // (N, D)
        assertEquals(inputs().size(), vectors.rows());
        for (int i = 0; i < vectors.rows(); i++) {
          assertClose(vectors.row(i), back.row(vectors.rows() - 1 - i), options);
        }
        assertFalse(vectors.firstNonFiniteRow().isPresent());
        assertNotEquals(List.of(vectors.rowRange(0, 1)), List.of(vectors.rowRange(1, 2)));
      }
    }
  }

  @Test
  void anInputDoesNotDependOnTheOthers() throws IOException {
    for (EncoderOptions options : variants()) {
      try (Encoder<I> alone = open(options);
          Encoder<I> some = open(options.withBatch(3));
          Encoder<I> all = open(options.withBatch(64))) {
        FloatMatrix expected = all.encode(inputs()); // (N, D)
        FloatMatrix parts = some.encode(inputs()); // (N, D)
        for (int i = 0; i < expected.rows(); i++) {
          float[] single = alone.encode(List.of(inputs().get(i))).row(0);
          assertClose(expected.row(i), single, options);
          assertClose(expected.row(i), parts.row(i), options);
        }
      }
    }
  }

  @Test
  void threadsMayShareIt() throws Exception {
    List<I> inputs = inputs();
    var pool = Executors.newFixedThreadPool(4);
    try {
      for (EncoderOptions options : variants()) {
        try (Encoder<I> encoder = open(options.withBatch(2))) {
          FloatMatrix expected = encoder.encode(inputs); // (N, D)
          Callable<FloatMatrix> call = () -> encoder.encode(inputs);
          for (Future<FloatMatrix> found : pool.invokeAll(Collections.nCopies(12, call))) {
            for (int i = 0; i < expected.rows(); i++) {
              assertClose(expected.row(i), found.get().row(i), options);
            }
          }
        }
      }
    } finally {
      pool.shutdownNow();
    }
  }

  @Test
  void onceClosedItRefuses() throws IOException {
    for (EncoderOptions options : variants()) {
      Encoder<I> encoder = open(options);
      encoder.encode(inputs());
      encoder.close();
      encoder.close();
      refused(
          "encoder 'mine' is closed; open it again", Kind.USAGE, () -> encoder.encode(inputs()));
      refused("encoder 'mine' is closed", Kind.USAGE, () -> encoder.encode(List.of()));
      assertEquals("mine", encoder.id());
    }
  }

  @Test
  void vectorsThatAreNotFiniteAreRefused() throws IOException {
    I input = inputs().get(0);
    for (EncoderOptions options : variants()) {
      try (Encoder<I> encoder = openDamaged(options)) {
        var e = assertThrows(StitchException.class, () -> encoder.encode(List.of(input)));
        assertEquals(Kind.BAD_INPUT, e.kind());
        String message = e.getMessage();
        // Weights that are read are checked themselves; of a graph there are only its vectors.
        if (!message.matches(
            "tensor '.*' of shape .* has the value .*; get the file of .* again")) {
          assertTrue(message.startsWith("encoder 'mine' made the value "), message);
          assertTrue(message.contains(" for " + nameOf(input)), message);
          assertTrue(message.endsWith("; are its weights damaged?"), message);
        }
        refused(" the value ", Kind.BAD_INPUT, () -> encoder.encode(inputs()));
        assertEquals(0, encoder.encode(List.of()).rows());
      }
    }
  }

  @Test
  void nullIsRefused() throws IOException {
    List<I> holed = new ArrayList<>(inputs());
    holed.set(1, null);
    try (Encoder<I> encoder = open(DEFAULTS)) {
      refused("null as", Kind.BAD_INPUT, () -> encoder.encode(holed));
      refused(" 1 of " + holed.size(), Kind.BAD_INPUT, () -> encoder.encode(holed));
      assertEquals(inputs().size(), encoder.encode(inputs()).rows(), "it goes on with others");
    }
  }

  private static void assertClose(float[] expected, float[] found, EncoderOptions options) {
    assertEquals(expected.length, found.length);
    if (options.numbers() == NumberType.BFLOAT16) {
      double norms = Math.sqrt(dot(expected, expected) * dot(found, found));
      assertEquals(1, dot(expected, found) / norms, 1 - COSINE);
      return;
    }
    for (int i = 0; i < expected.length; i++) {
      float tolerance = TOLERANCE * Math.max(1, Math.abs(expected[i]));
      assertEquals(expected[i], found[i], tolerance, "component " + i);
    }
  }

  private static double dot(float[] a, float[] b) {
    double sum = 0;
    for (int i = 0; i < a.length; i++) {
      sum += a[i] * (double) b[i];
    }
    return sum;
  }
}
