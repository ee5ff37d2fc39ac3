// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.core.migrate;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.djlstitch.core.FloatMatrix;
import io.github.djlstitch.core.StitchException;
import io.github.djlstitch.core.internal.engine.LinearAlgebra;
import io.github.djlstitch.core.relative.AnchoredSpace;
import io.github.djlstitch.core.relative.CodecSpec;
import io.github.djlstitch.core.relative.SpaceCodec;
import io.github.djlstitch.core.relative.Standardization;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Bridges against NumPy ({@code migrate.py}), against the codecs, and on disk. */
final class BridgeMethodTest {
  @TempDir Path folder;

  /** The numbers of {@code wave} in {@code migrate.py}. */
  static FloatMatrix wave(int rows, int columns, int k) {
    float[] values = new float[rows * columns];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) Math.sin(0.7 * Math.pow(i, 1.5) + k);
    }
    return FloatMatrix.wrap(rows, columns, values);
  }

  private static final FloatMatrix OLD = wave(40, 6, 1);
  private static final FloatMatrix NEW = mixed();
  private static final FloatMatrix PROBE = wave(3, 6, 4);

  private static FloatMatrix mixed() {
    float[] product = LinearAlgebra.product(OLD, wave(6, 5, 2)).toArray();
    float[] noise = wave(40, 5, 3).toArray();
    for (int i = 0; i < product.length; i++) {
      product[i] += 0.3f * noise[i];
    }
    return FloatMatrix.wrap(40, 5, product);
  }

  private static void assertCarried(BridgeMethod method, double... expected) {
    float[] found = method.fit(OLD, NEW).apply(PROBE).toArray();
    assertEquals(expected.length, found.length);
    for (int i = 0; i < expected.length; i++) {
      assertEquals(expected[i], found[i], 2e-5, method + " " + i);
    }
  }

  @Test
  void bridgesAreThoseOfNumPy() {
    assertCarried(
        BridgeMethod.PROCRUSTES,
        -1.757791,
        0.61745,
        1.034628,
        1.561457,
        -0.953766,
        0.351413,
        0.729294,
        -1.881438,
        0.985554,
        1.65011,
        0.911871,
        2.489306,
        0.493308,
        0.632334,
        -0.466903);
    assertCarried(
        BridgeMethod.RIDGE_PROCRUSTES,
        -1.769821,
        0.36923,
        0.948325,
        1.409701,
        -1.316881,
        0.705579,
        0.618876,
        -1.885919,
        0.848682,
        1.652739,
        0.748799,
        2.53431,
        -0.01526,
        0.435668,
        -0.846098);
    assertCarried(
        BridgeMethod.RIDGE_PROCRUSTES_UNIT,
        -1.760383,
        0.408382,
        0.938869,
        1.406708,
        -1.3279,
        0.718322,
        0.623657,
        -1.8876,
        0.831266,
        1.652386,
        0.787747,
        2.53383,
        -0.032624,
        0.399059,
        -0.829575);
  }

  @ParameterizedTest
  @EnumSource(
      value = BridgeMethod.class,
      names = {"PARSEVAL", "AUTO"})
  void codecsGiveWhatTranslateGives(BridgeMethod method) {
    CodecSpec spec =
        method == BridgeMethod.AUTO ? new CodecSpec.Automatic() : CodecSpec.Parseval.defaults();
    SpaceCodec from = spec.fit(new AnchoredSpace(OLD, OLD));
    SpaceCodec to = spec.fit(new AnchoredSpace(NEW, NEW));
    float[] expected = to.rescaled(to.fromRelative(from.toRelative(PROBE))).toArray();

    assertArrayEquals(expected, method.fit(OLD, NEW).apply(PROBE).toArray(), 2e-5f);
  }

  @ParameterizedTest
  @EnumSource(BridgeMethod.class)
  void rotatedSpacesAreCarriedBackAndForth(BridgeMethod method) {
    FloatMatrix space = wave(60, 6, 7);
    FloatMatrix turned =
        LinearAlgebra.product(space, LinearAlgebra.procrustes(OLD, wave(40, 6, 8)));

    FloatMatrix carried = Standardization.unit(method.fit(space, turned).apply(space));

    FloatMatrix own = Standardization.unit(turned);
    double least = 1;
    for (int i = 0; i < 60; i++) {
      double cosine = 0;
      for (int j = 0; j < 6; j++) {
        cosine += carried.get(i, j) * own.get(i, j);
      }
      least = Math.min(least, cosine);
    }
    // Few components of few dimensions lose a part; maps of all of them lose nothing but the
    // ridge's.
    boolean whole = method != BridgeMethod.PARSEVAL && method != BridgeMethod.AUTO;
    assertTrue(least > (whole ? .995 : .5), method + ": " + least);
  }

  @ParameterizedTest
  @EnumSource(BridgeMethod.class)
  void bridgesComeBackFromDisk(BridgeMethod method) {
    Path file = folder.resolve("bridge.safetensors");
    VectorBridge bridge = method.fit(OLD, NEW);

    bridge.save(file);

    VectorBridge loaded = VectorBridge.load(file);
    assertEquals(6, loaded.width());
    assertEquals(5, loaded.targetWidth());
    assertArrayEquals(bridge.apply(PROBE).toArray(), loaded.apply(PROBE).toArray(), 1e-6f);
  }

  @ParameterizedTest
  @EnumSource(BridgeMethod.class)
  void fewVectorsAreCarriedLikeMany(BridgeMethod method) {
    VectorBridge bridge = method.fit(OLD, NEW);
    float[] values = wave(20, 6, 9).toArray();
    java.util.Arrays.fill(values, 0, 6, 0); // a vector of zeros
    FloatMatrix many = FloatMatrix.wrap(20, 6, values);
    FloatMatrix carried = bridge.apply(many);

    for (int i = 0; i < 20; i++) {
      assertArrayEquals(carried.row(i), bridge.apply(many.rowRange(i, i + 1)).row(0), 3e-5f);
    }
    assertEquals(0, bridge.apply(many.rowRange(0, 0)).rows());
  }

  @Test
  void lengthsDoNotMatterAndZeroBecomesTheMean() {
    VectorBridge bridge = BridgeMethod.RIDGE_PROCRUSTES.fit(OLD, NEW);
    float[] longer = PROBE.toArray();
    for (int i = 0; i < longer.length; i++) {
      longer[i] *= 100;
    }

    assertArrayEquals(
        bridge.apply(PROBE).toArray(),
        bridge.apply(FloatMatrix.wrap(3, 6, longer)).toArray(),
        2e-5f);
    float[] zero = bridge.apply(FloatMatrix.wrap(1, 6, new float[6])).toArray();
    for (float value : zero) {
      assertTrue(Float.isFinite(value));
    }
  }

  @Test
  void wrongInputIsRefused() throws IOException {
    StitchException uneven =
        assertThrows(
            StitchException.class, () -> BridgeMethod.PROCRUSTES.fit(OLD, NEW.rowRange(0, 39)));
    assertTrue(uneven.getMessage().contains("40 and 39"), uneven.getMessage());
    VectorBridge bridge = BridgeMethod.PROCRUSTES.fit(OLD, NEW);
    StitchException wide = assertThrows(StitchException.class, () -> bridge.apply(NEW));
    assertTrue(wide.getMessage().contains("5 wide but the bridge reads 6"), wide.getMessage());
    Path file = folder.resolve("no.safetensors");
    bridge.save(file);
    byte[] bytes = Files.readAllBytes(file);
    for (int cut : new int[] {0, 7, 60, bytes.length - 1}) {
      Files.write(file, java.util.Arrays.copyOf(bytes, cut));
      assertEquals(
          StitchException.Kind.BAD_INPUT,
          assertThrows(StitchException.class, () -> VectorBridge.load(file)).kind());
    }
  }
}
