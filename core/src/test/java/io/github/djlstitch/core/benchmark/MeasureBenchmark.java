// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.core.benchmark;

import io.github.djlstitch.core.FloatMatrix;
import io.github.djlstitch.core.Matrices;
import io.github.djlstitch.core.internal.engine.LinearAlgebra;
import io.github.djlstitch.core.measure.MeasureKind;
import io.github.djlstitch.core.measure.SpaceMeasure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * How long measures of 20,000 x 768 pairs and decompositions of 768 x 768 take, and the most memory
 * that was used; {@code docs/benchmarks/measures.py} does the same with NumPy. Not part of the
 * tests: run it with {@code -Pbench -pl core}.
 */
class MeasureBenchmark {
  private static final int ROWS = Integer.getInteger("bench.rows", 20_000);
  private static final int WIDTH = 768;

  @Test
  void decompositions() {
    FloatMatrix a = Matrices.gaussian(1, WIDTH, WIDTH);
    time("singular values, 768 x 768", 7, () -> LinearAlgebra.singularValues(a));
    time("pseudo-inverse, 768 x 768", 7, () -> LinearAlgebra.pseudoInverse(a));
  }

  @Test
  void measures() throws IOException {
    FloatMatrix x = Matrices.gaussian(2, ROWS, WIDTH);
    FloatMatrix noise = Matrices.gaussian(3, ROWS, WIDTH);
    FloatMatrix y = Matrices.of(ROWS, WIDTH, (i, j) -> x.get(i, j) + noise.get(i, j));
    List<MeasureKind> streamed =
        Arrays.stream(MeasureKind.values()).filter(k -> k.mostRows() >= ROWS).toList();
    for (MeasureKind kind : streamed) {
      boolean quick = kind == MeasureKind.CKA || kind == MeasureKind.CKA_UNBIASED;
      SpaceMeasure measure = SpaceMeasure.of(kind);
      time(measure.id() + ", " + ROWS + " x 768", quick ? 5 : 1, () -> measure.of(x, y));
    }
    Files.readAllLines(Path.of("/proc/self/status")).stream()
        .filter(line -> line.startsWith("VmHWM"))
        .forEach(line -> System.out.println("most memory: " + line));
  }

  private static void time(String what, int rounds, Runnable run) {
    double[] seconds = new double[rounds];
    if (rounds > 1) {
      run.run();
    }
    for (int i = 0; i < rounds; i++) {
      long start = System.nanoTime();
      run.run();
      seconds[i] = (System.nanoTime() - start) / 1e9;
    }
    Arrays.sort(seconds);
    System.out.printf(
        "%-36s median %7.3f s, best %7.3f s%n", what, seconds[rounds / 2], seconds[0]);
  }
}
