// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.core.align;

import static io.github.djlstitch.core.Matrices.gaussian;
import static io.github.djlstitch.core.Matrices.map;
import static io.github.djlstitch.core.Matrices.of;
import static io.github.djlstitch.core.Matrices.rotation;
import static io.github.djlstitch.core.Matrices.times;
import static io.github.djlstitch.core.Matrices.worstCosine;
import static io.github.djlstitch.core.Refusal.refused;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.djlstitch.core.FloatMatrix;
import io.github.djlstitch.core.StitchException.Kind;
import io.github.djlstitch.core.align.FunctionalMap.Options;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class FunctionalMapTest {
  private static final int N = 300;
  // A curved sheet, so that there is a neighbourhood graph with a shape to it.
  private static final FloatMatrix SHEET = sheet(1);
  private static final int[] SHUFFLE = shuffle(2);

  @Test
  void fewAnchorsMatchAPlantedIsometry() {
    FloatMatrix target = times(SHEET, rotation(3, 5)).select(SHUFFLE);
    int[] anchors = {5, 60, 110, 170, 230, 290};
    var fit = FunctionalMap.fit(SHEET, target, anchors, positions(anchors), new Options(10, 20, .1));
    System.out.println("acc " + accuracy(fit.matches()));
    assertTrue(accuracy(fit.matches()) > .95, "accuracy " + accuracy(fit.matches()));
    var alignment = fit.refine(SHEET, target, Aligner.procrustes());
    System.out.println(worstCosine(times(SHEET, rotation(3, 5)), alignment.apply(SHEET)));
  }

  private static FloatMatrix sheet(long seed) {
    var random = new Random(seed);
    double[][] p = new double[N][2];
    for (double[] q : p) {
      q[0] = 3 * random.nextDouble();
      q[1] = 1.5 * random.nextDouble();
    }
    return of(
        N,
        5,
        (i, j) ->
            switch (j) {
              case 0 -> Math.sin(p[i][0]);
              case 1 -> Math.cos(p[i][0]);
              case 2 -> p[i][1];
              case 3 -> Math.sin(2 * p[i][1] + p[i][0]);
              default -> .5 * Math.cos(3 * p[i][0]);
            });
  }

  private static int[] shuffle(long seed) {
    List<Integer> order = new ArrayList<>(IntStream.range(0, N).boxed().toList());
    Collections.shuffle(order, new Random(seed));
    return order.stream().mapToInt(i -> i).toArray();
  }

  // Row t of the target is row SHUFFLE[t] of the source.
  private static int[] positions(int[] anchors) {
    return IntStream.of(anchors)
        .map(a -> IntStream.range(0, N).filter(t -> SHUFFLE[t] == a).findFirst().orElseThrow())
        .toArray();
  }

  private static double accuracy(int[] matches) {
    return IntStream.range(0, N).filter(i -> SHUFFLE[matches[i]] == i).count() / (double) N;
  }
}
