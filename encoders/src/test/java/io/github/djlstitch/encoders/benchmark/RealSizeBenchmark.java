// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.encoders.benchmark;

import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.Device;
import ai.djl.ndarray.NDManager;
import ai.djl.nn.Block;
import io.github.djlstitch.encoders.RealSizeModel;
import io.github.djlstitch.encoders.vision.Golden;
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
      Block network = model.load(manager);
      for (int batch : BATCHES) {
        double difference = model.difference(network, batch, manager);
        print(model, batch, difference);
        largest = Math.max(largest, difference);
      }
    }
    assertTrue(largest <= Golden.TOLERANCE, () -> name + " is off by more than 2e-5");
  }

  private static void print(RealSizeModel model, int batch, double difference) {
    double millions = model.parameters() / 1e6;
    System.out.printf(
        "| %-33s | %6.1f M | batch %d | %.1e |%n", model.name(), millions, batch, difference);
  }
}
