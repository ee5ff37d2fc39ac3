// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.core.align;

import static io.github.djlstitch.core.Matrices.assertClose;
import static io.github.djlstitch.core.Matrices.gaussian;
import static io.github.djlstitch.core.Matrices.map;
import static io.github.djlstitch.core.Matrices.rotation;
import static io.github.djlstitch.core.Matrices.times;
import static io.github.djlstitch.core.Matrices.unitRows;
import static io.github.djlstitch.core.Refusal.refused;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.djlstitch.core.Diagnostics;
import io.github.djlstitch.core.FloatMatrix;
import io.github.djlstitch.core.Matrices;
import io.github.djlstitch.core.StitchException.Kind;
import io.github.djlstitch.core.internal.measure.RowCosines;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("processor")
final class SelfLearningTest {
  private static final int WIDTH = 24;
  private static final int CLUSTERS = 40;
  private static final FloatMatrix ALL = clustered(1, 1500);
  private static final FloatMatrix HELD_OUT = ALL.rowRange(1300, 1500);
  private static final FloatMatrix ROTATION = rotation(2, WIDTH);

  @Test
  void itDoesWhatNumPyDoes() {
    Golden golden = Golden.read("self-learning.json");
    Alignment found =
        new SelfLearning(3)
            .fit(
                golden.matrix("from"),
                golden.matrix("to"),
                golden.matrix("source"),
                golden.matrix("carried"),
                golden.matrix("target"));
    assertClose(golden.matrix("map"), found.map(), 1e-5);
    double cosine = found.diagnostics().getOrDefault(Diagnostics.MATCHED_COSINE, Double.NaN);
    assertEquals(golden.number("cosine"), cosine, 1e-6);
  }

  @Test
  void unpairedSamplesTellWhatTenPairsDoNot() {
    FloatMatrix pairs = ALL.rowRange(1200, 1210);
    FloatMatrix partners = times(pairs, ROTATION);
    Alignment first = Aligner.spannedProcrustes().fit(pairs, partners);
    FloatMatrix source = ALL.rowRange(0, 600);
    FloatMatrix target = times(ALL.rowRange(600, 1200), ROTATION); // other samples
    Alignment learned =
        SelfLearning.defaults().fit(pairs, partners, source, first.apply(source), target);
    FloatMatrix right = times(HELD_OUT, ROTATION);
    double before = RowCosines.mean(first.apply(HELD_OUT), right);
    double after = RowCosines.mean(learned.apply(HELD_OUT), right);
    assertTrue(before < .75, "pairs alone " + before);
    assertTrue(after > .95, "learned " + after);
  }

  @Test
  void whatDoesNotGoTogetherIsRefused() {
    FloatMatrix x = ALL.rowRange(0, 20);
    var learning = SelfLearning.defaults();
    refused("20 and 19", () -> learning.fit(x, x.rowRange(0, 19), x, x, x));
    refused("20 and 19", () -> learning.fit(x, x, x, x.rowRange(0, 19), x));
    refused("target", () -> learning.fit(x, x, x, x, FloatMatrix.of(0, WIDTH, new float[0])));
    refused("not finite", () -> learning.fit(x, x, x, x, map(x, v -> Double.NaN)));
    refused("1 or more rounds", Kind.USAGE, () -> new SelfLearning(0));
  }

  private static FloatMatrix clustered(long seed, int rows) {
    FloatMatrix centers = gaussian(seed, CLUSTERS, WIDTH);
    int[] of = new Random(seed).ints(rows, 0, CLUSTERS).toArray();
    FloatMatrix noise = gaussian(seed + 1, rows, WIDTH);
    return unitRows(
        Matrices.of(rows, WIDTH, (i, j) -> centers.get(of[i], j) + .3 * noise.get(i, j)));
  }
}
