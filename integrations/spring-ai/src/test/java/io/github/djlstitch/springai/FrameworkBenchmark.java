// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.springai;

import io.github.djlstitch.encoders.TextEncoder;
import io.github.djlstitch.zoo.ModelZoo;
import io.github.djlstitch.zoo.ZooOptions;
import io.micrometer.core.instrument.observation.DefaultMeterObservationHandler;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.micrometer.observation.ObservationRegistry;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * One sentence embedded: by the library, through Spring AI, and through Spring AI with its meters,
 * in turns. Not part of {@code mvn verify}; docs/benchmarks says how to run it.
 */
final class FrameworkBenchmark {
  private static final String TEXT = "a large cat with black stripes that hunts at night";
  private static final int WARM_UP = 5;
  private static final int ROUNDS = 60;
  private static final int CALLS = 50;

  @TempDir Path cache;

  @Test
  void latency() {
    var observations = ObservationRegistry.create();
    observations
        .observationConfig()
        .observationHandler(new DefaultMeterObservationHandler(new SimpleMeterRegistry()));
    try (var encoder = (TextEncoder) ModelZoo.open(ZooOptions.in(cache)).encoder("minilm")) {
      var plain = EncoderEmbeddingModel.of(encoder);
      var observed = EncoderEmbeddingModel.of(encoder, observations);
      Map<String, Runnable> contenders = new LinkedHashMap<>();
      contenders.put("the library", () -> encoder.encode(List.of(TEXT)));
      contenders.put("through Spring AI", () -> plain.embed(TEXT));
      contenders.put("through Spring AI, with meters", () -> observed.embed(TEXT));
      print(List.copyOf(contenders.keySet()), measure(List.copyOf(contenders.values())));
    }
  }

  /** Milliseconds for a call, shape (contenders, rounds); who begins a round changes. */
  private static double[][] measure(List<Runnable> contenders) {
    double[][] millis = new double[contenders.size()][ROUNDS];
    for (int round = -WARM_UP; round < ROUNDS; round++) {
      for (int turn = 0; turn < contenders.size(); turn++) {
        int contender = Math.floorMod(round + turn, contenders.size());
        long start = System.nanoTime();
        for (int i = 0; i < CALLS; i++) {
          contenders.get(contender).run();
        }
        if (round >= 0) {
          millis[contender][round] = (System.nanoTime() - start) / 1e6 / CALLS;
        }
      }
    }
    return millis;
  }

  private static void print(List<String> names, double[][] millis) {
    for (int contender = 0; contender < names.size(); contender++) {
      double[] ratios = new double[ROUNDS];
      for (int round = 0; round < ROUNDS; round++) {
        ratios[round] = millis[contender][round] / millis[0][round];
      }
      System.out.printf(
          Locale.ROOT,
          "%-31s %.3f ms, %.3f of the library's%n",
          names.get(contender),
          median(millis[contender]),
          median(ratios));
    }
  }

  private static double median(double[] values) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    return sorted[sorted.length / 2];
  }
}
