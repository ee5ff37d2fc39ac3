// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.langchain4j;

import dev.langchain4j.model.embedding.onnx.allminilml6v2.AllMiniLmL6V2EmbeddingModel;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * One sentence embedded: by the library, through LangChain4j, and by LangChain4j's own MiniLM on
 * ONNX Runtime, in turns. Then 10,000 calls from 16 threads, and the memory of the process before
 * and after. Not part of {@code mvn verify}; docs/benchmarks says how to run it.
 */
final class FrameworkBenchmark {
  private static final String TEXT = "a large cat with black stripes that hunts at night";
  private static final int ROUNDS = 60;
  private static final int CALLS = 50;

  @TempDir Path cache;

  @Test
  void latency() {
    var onnx = new AllMiniLmL6V2EmbeddingModel();
    try (var model = EncoderEmbeddingModel.open(Zoo.in(cache), "minilm")) {
      Map<String, Runnable> contenders = new LinkedHashMap<>();
      contenders.put("the library", () -> model.encoder().encode(List.of(TEXT)));
      contenders.put("through LangChain4j", () -> model.embed(TEXT));
      contenders.put("LangChain4j's own, ONNX Runtime", () -> onnx.embed(TEXT));
      double[][] millis = new double[contenders.size()][ROUNDS];
      for (int round = -5; round < ROUNDS; round++) {
        int contender = 0;
        for (Runnable call : contenders.values()) {
          long start = System.nanoTime();
          for (int i = 0; i < CALLS; i++) {
            call.run();
          }
          if (round >= 0) {
            millis[contender][round] = (System.nanoTime() - start) / 1e6 / CALLS;
          }
          contender++;
        }
      }
      int contender = 0;
      for (String name : contenders.keySet()) {
        double[] ratios = new double[ROUNDS];
        for (int i = 0; i < ROUNDS; i++) {
          ratios[i] = millis[contender][i] / millis[0][i];
        }
        System.out.printf(
            Locale.ROOT,
            "%-34s %.3f ms, %.3f of the library's%n",
            name,
            median(millis[contender]),
            median(ratios));
        contender++;
      }
    }
  }

  @Test
  void memory() throws Exception {
    try (var model = EncoderEmbeddingModel.open(Zoo.in(cache), "minilm")) {
      for (int calls = 0; calls <= 10_000; calls += 2_000) {
        if (calls > 0) {
          call(model, 2_000);
        }
        System.gc();
        System.out.printf("%d calls from 16 threads: %d MB resident%n", calls, residentMegabytes());
      }
    }
  }

  private static void call(EncoderEmbeddingModel model, int calls) throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(16);
    List<Callable<Integer>> tasks =
        Collections.nCopies(calls, () -> model.embed(TEXT).content().dimension());
    for (Future<Integer> one : threads.invokeAll(tasks)) {
      one.get();
    }
    threads.shutdown();
  }

  private static long residentMegabytes() throws IOException {
    return Files.readAllLines(Path.of("/proc/self/status")).stream()
        .filter(line -> line.startsWith("VmRSS"))
        .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) >> 10)
        .findFirst()
        .orElseThrow();
  }

  private static double median(double[] values) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    return sorted[sorted.length / 2];
  }
}
