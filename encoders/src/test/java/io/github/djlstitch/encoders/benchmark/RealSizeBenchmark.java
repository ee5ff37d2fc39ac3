// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.encoders.benchmark;

import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.Device;
import ai.djl.ndarray.NDManager;
import ai.djl.nn.Block;
import io.github.djlstitch.encoders.RealSizeModel;
import io.github.djlstitch.encoders.internal.vision.Golden;
import io.github.djlstitch.encoders.options.NumberType;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every architecture that the model zoo names at its real size, one text or image and eight, where
 * kernels may be chosen by size. Not part of the tests, as it takes minutes and 7 GB: run it with
 * {@code -Pbench -Dtest=RealSizeBenchmark}; {@code -Dbench.models=REGEX} runs some of them.
 */
class RealSizeBenchmark {
  private static final int[] BATCHES = {1, 8};
  private static final double LEAST_COSINE = 0.999; // of bfloat16 to float32, as NumberType says
  private static final double LEAST_OF_DEEP_HYBRIDS = 0.98;

  // Networks that amplify float32's rounding: timm's own in float32, with these weights and without
  // oneDNN, is 4.5e-5 off, and 1.5e-4 on channels-last maps.
  private static final Map<String, Double> AMPLIFIERS = Map.of("vit_large_r50_s32_224", 5e-5);

  static Stream<String> names() {
    String wanted = System.getProperty("bench.models", ".*");
    return RealSizeModel.names().stream().filter(name -> name.matches(wanted));
  }

  @ParameterizedTest
  @MethodSource("names")
  void agreesWithReference(String name) {
    RealSizeModel model = RealSizeModel.of(name);
    double largest = 0;
    try (NDManager manager = NDManager.newBaseManager(Device.cpu(), "PyTorch")) {
      Block network = model.load(NumberType.FLOAT32, manager);
      for (int batch : BATCHES) {
        double difference = model.difference(network, batch, manager);
        print(model, batch, difference);
        largest = Math.max(largest, difference);
      }
    }
    double most = AMPLIFIERS.getOrDefault(name, Golden.TOLERANCE);
    assertTrue(largest <= most, () -> name + " is off by more than " + most);
  }

  @ParameterizedTest
  @MethodSource("names")
  void bfloat16StaysNear(String name) {
    RealSizeModel model = RealSizeModel.of(name);
    try (NDManager manager = NDManager.newBaseManager(Device.cpu(), "PyTorch")) {
      Block half = model.load(NumberType.BFLOAT16, manager);
      double cosine = model.cosine(model.load(NumberType.FLOAT32, manager), half, manager);
      System.out.printf("| %-33s | bfloat16 | cosine %.6f |%n", name, cosine);
      double least = name.contains("_r50_") ? LEAST_OF_DEEP_HYBRIDS : LEAST_COSINE;
      assertTrue(cosine >= least, () -> name + " in bfloat16 has a cosine of " + cosine);
    }
  }

  private static void print(RealSizeModel model, int batch, double difference) {
    double millions = model.parameters() / 1e6;
    System.out.printf(
        "| %-33s | %6.1f M | batch %d | %.1e |%n", model.name(), millions, batch, difference);
  }
}
