// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.decoders;

import static io.github.djlstitch.decoders.Problems.clusters;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.djlstitch.decoders.Problems.Problem;
import org.junit.jupiter.api.Test;

/** The L2 weight that is chosen on training samples. */
final class L2ChoiceTest {
  private static final double STRONGEST = L2Choice.WEIGHTS.get(0);

  private static double choice(Problem problem, long seed) {
    return L2Choice.of(problem.inputs(), problem.labels(), problem.classes(), false, seed);
  }

  // Inputs so small that a strong weight leaves all scores alike are told apart by weak ones only.
  private static Problem faint() {
    return clusters(1, 400, 3, .02, .02, .02, .02);
  }

  @Test
  void whatAnyWeightTellsApartGetsTheStrongest() {
    assertEquals(STRONGEST, choice(clusters(1, 400, 3, 3, 3, 3, 3), 0));
  }

  @Test
  void whatNothingTellsApartGetsTheStrongest() {
    Problem noise = clusters(2, 300, 2, 1);
    int[] labels = new int[300];
    for (int i = 0; i < labels.length; i++) {
      labels[i] = Integer.bitCount(i * 0x9E3779B9) % 2;
    }
    assertEquals(STRONGEST, choice(new Problem(noise.inputs(), labels, 2), 0));
  }

  @Test
  void theSameSeedChoosesTheSame() {
    Problem problem = faint();
    assertEquals(choice(problem, 3), choice(problem, 3));
  }

  @Test
  void twoSamplesAreEnough() {
    assertTrue(L2Choice.WEIGHTS.contains(choice(clusters(4, 2, 2, 1, 1), 0)));
  }

  @Test
  void theHeadSaysWhatWasChosenAndIsTheOneOfThatWeight() {
    Problem problem = faint();
    ClassifierHead auto = problem.train(HeadOptions.defaults(), 5);
    double chosen = auto.metrics().getOrDefault(HeadTrainer.L2, Double.NaN);
    assertEquals(choice(problem, 5), chosen);
    ClassifierHead given = problem.train(HeadOptions.defaults().withL2(chosen), 5);
    assertEquals(given.weights().tensors(), auto.weights().tensors());
    assertTrue(auto.spec().head().text().contains("l2=auto"));
  }
}
