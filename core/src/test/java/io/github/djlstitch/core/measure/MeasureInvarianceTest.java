// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.core.measure;

import static io.github.djlstitch.core.Matrices.gaussian;
import static io.github.djlstitch.core.Matrices.times;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.djlstitch.core.FloatMatrix;
import io.github.djlstitch.core.internal.measure.SpaceTransform;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The table of docs/measures.md: which measures notice which change of a space. */
@Tag("processor")
final class MeasureInvarianceTest {
  private static final FloatMatrix X = gaussian(1, 60, 6);
  private static final FloatMatrix Y = near();
  private static final double SAME = 1e-4;
  private static final double OTHER = 1e-3;

  // Far from the origin, so that a translation is one in every respect.
  private static FloatMatrix near() {
    FloatMatrix image = times(X, gaussian(2, 6, 6));
    float[] values = image.toArray();
    float[] noise = gaussian(3, 60, 6).toArray();
    for (int k = 0; k < values.length; k++) {
      values[k] += 2 * noise[k] + .5f;
    }
    return FloatMatrix.of(60, 6, values);
  }

  @Test
  void theTableIsWhatTheMeasuresDo() throws IOException {
    List<String> documented =
        Files.readAllLines(Path.of("..", "docs", "measures.md")).stream()
            .filter(line -> line.startsWith("| `"))
            .toList();
    List<String> found = Arrays.stream(MeasureKind.values()).map(this::row).toList();
    assertEquals(String.join("\n", found), String.join("\n", documented));
  }

  private String row(MeasureKind kind) {
    return Stream.concat(
            Stream.of("`" + kind.id() + "`"),
            Stream.of(SpaceTransform.values()).map(t -> isBlind(kind, t) ? "same" : "other"))
        .collect(Collectors.joining(" | ", "| ", " |"));
  }

  private boolean isBlind(MeasureKind kind, SpaceTransform transform) {
    SpaceMeasure measure =
        kind == MeasureKind.CKA_MINIBATCH ? new SpaceMeasure(kind, 20) : SpaceMeasure.of(kind, 5);
    double change = Math.abs(measure.of(X, Y) - measure.of(X, transform.apply(Y, 4)));
    assertTrue(change < SAME || change > OTHER, kind + " " + transform + " " + change);
    return change < SAME;
  }
}
