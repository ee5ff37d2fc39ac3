// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.decoders;

import static io.github.djlstitch.decoders.Problems.assertClose;
import static io.github.djlstitch.decoders.Problems.clusters;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.djlstitch.core.FloatMatrix;
import io.github.djlstitch.decoders.Problems.Problem;
import java.io.IOException;
import java.util.Arrays;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class LinearTrainingTest {
  private static final Golden GOLDEN = new Golden("linear.golden.txt");

  private static FloatMatrix fit(Problem problem, double l2, boolean balanced) {
    return LinearTraining.fit(
        problem.inputs(), problem.labels(), problem.classes(), weights(problem, balanced), l2);
  }

  private static float[] weights(Problem problem, boolean balanced) {
    return HeadTrainer.sampleWeights(problem.labels(), problem.classes(), balanced);
  }

  @ParameterizedTest
  @ValueSource(strings = {"plain", "balanced"})
  void equalsScikitLearn(String name) throws IOException {
    float[][] samples = GOLDEN.rows("sample");
    float[][] rows =
        Arrays.stream(samples).map(s -> Arrays.copyOfRange(s, 1, s.length)).toArray(float[][]::new);
    int[] labels = Arrays.stream(samples).mapToInt(s -> (int) s[0]).toArray();
    FloatMatrix found =
        fit(new Problem(FloatMatrix.of(rows), labels, 3), 0.01, "balanced".equals(name));
    LinearWeights head = LinearWeights.ofFit(found);
    float[][] expected = GOLDEN.rows(name);
    for (int c = 0; c < 3; c++) {
      float[] coefficients = Arrays.copyOf(head.weight().row(c), 5);
      coefficients[4] = head.bias().get(0, c);
      for (int j = 0; j < 5; j++) {
        assertEquals(expected[c][j], coefficients[j], 2e-4);
      }
    }
  }

  @ParameterizedTest
  @CsvSource({
    "1, 50, 2, 0.1, false",
    "2, 200, 3, 0.001, false",
    "3, 200, 5, 0.00003, true",
    "4, 3, 2, 0.01, true"
  })
  void gradientOfTheObjectiveIsZeroAtTheSolution(
      long seed, int samples, int classes, double l2, boolean balanced) {
    Problem problem = clusters(seed, samples, classes, 1, 1, 1, 1, 1, 1);
    double[][] g = gradient(problem, l2, balanced, fit(problem, l2, balanced));
    assertTrue(largest(g) < 1e-5, "gradient " + largest(g));
  }

  @Test
  void badlyScaledInputsConvergeToo() {
    double[] scales = {1e-3, 1e-2, .1, 1, 10, 100, 1e3};
    Problem problem = clusters(5, 300, 3, scales);
    double[][] g = gradient(problem, 1e-6, false, fit(problem, 1e-6, false));
    for (int j = 0; j < scales.length; j++) {
      for (int c = 0; c < 3; c++) {
        g[j][c] /= Math.max(1, scales[j]); // as if the column had unit scale
      }
    }
    assertTrue(largest(g) < 1e-5, "gradient " + largest(g));
  }

  /** Gradient of weighted log loss plus l2/2 |w|², by double loops: shape (D + 1, C). */
  private static double[][] gradient(Problem problem, double l2, boolean balanced, FloatMatrix w) {
    int d = problem.inputs().columns();
    float[] weight = weights(problem, balanced);
    double[][] g = new double[d + 1][problem.classes()];
    for (int i = 0; i < weight.length; i++) {
      float[] x = Arrays.copyOf(problem.inputs().row(i), d + 1);
      x[d] = 1;
      double[] p = softmax(x, w);
      p[problem.labels()[i]] -= 1;
      for (int j = 0; j <= d; j++) {
        for (int c = 0; c < p.length; c++) {
          g[j][c] += weight[i] * p[c] * x[j];
        }
      }
    }
    for (int j = 0; j < d; j++) {
      for (int c = 0; c < problem.classes(); c++) {
        g[j][c] += l2 * w.get(j, c);
      }
    }
    return g;
  }

  private static double[] softmax(float[] x, FloatMatrix w) {
    double[] p = new double[w.columns()];
    for (int c = 0; c < p.length; c++) {
      for (int j = 0; j < x.length; j++) {
        p[c] += (double) x[j] * w.get(j, c);
      }
    }
    double top = Arrays.stream(p).max().orElseThrow();
    double sum = Arrays.stream(p).map(v -> Math.exp(v - top)).sum();
    return Arrays.stream(p).map(v -> Math.exp(v - top) / sum).toArray();
  }

  private static double largest(double[][] values) {
    return Arrays.stream(values).flatMapToDouble(Arrays::stream).map(Math::abs).max().orElseThrow();
  }

  @Test
  void sameProblemGivesTheSameBits() {
    Problem problem = clusters(6, 100, 3, 1, 1, 1);
    assertEquals(fit(problem, 1e-3, false), fit(problem, 1e-3, false));
  }

  @Test
  void orderOfTheSamplesDoesNotMatter() {
    Problem problem = clusters(7, 101, 3, 1, 1, 1);
    Problem other = problem.select(IntStream.range(0, 101).map(i -> i * 13 % 101).toArray());
    assertClose(fit(problem, 1e-3, false), fit(other, 1e-3, false), 1e-4);
  }

  @Test
  void balancedClassesCountEquallyHoweverOftenTheyOccur() {
    Problem problem = clusters(8, 60, 3, 1, 1, 1);
    int[] thrice =
        IntStream.range(0, 60)
            .flatMap(i -> IntStream.generate(() -> i).limit(problem.labels()[i] == 0 ? 3 : 1))
            .toArray();
    FloatMatrix expected = fit(problem, 1e-2, true);
    assertClose(expected, fit(problem.select(thrice), 1e-2, true), 1e-4);
  }

  @Test
  void sampleWeightsSumToOneInAllAndPerClass() {
    int[] labels = {0, 0, 0, 2};
    assertEquals("[0.25, 0.25, 0.25, 0.25]", weights(labels, false));
    assertEquals("[0.16666667, 0.16666667, 0.16666667, 0.5]", weights(labels, true));
  }

  private static String weights(int[] labels, boolean balanced) {
    return Arrays.toString(HeadTrainer.sampleWeights(labels, 3, balanced));
  }
}
