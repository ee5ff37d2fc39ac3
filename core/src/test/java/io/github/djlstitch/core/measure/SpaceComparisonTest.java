// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.core.measure;

import static io.github.djlstitch.core.Matrices.gaussian;
import static io.github.djlstitch.core.Matrices.rotation;
import static io.github.djlstitch.core.Matrices.times;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.djlstitch.core.FloatMatrix;
import io.github.djlstitch.core.Progress;
import io.github.djlstitch.core.space.LatentSpace;
import io.github.djlstitch.core.space.Spaces;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class SpaceComparisonTest {
  private static final FloatMatrix X = gaussian(1, 80, 5);
  private static final List<SpaceMeasure> CKA =
      List.of(SpaceMeasure.of(MeasureKind.CKA, SpaceMeasure.DEFAULT_NEIGHBORS));

  @TempDir Path folder;

  private SpaceComparison.Pair pair(FloatMatrix x, FloatMatrix y, int permutations) {
    List<LatentSpace> spaces = List.of(Spaces.of(x), Spaces.of(y));
    List<Path> files = List.of(folder.resolve("a.safetensors"), folder.resolve("b.safetensors"));
    for (int i = 0; i < 2; i++) {
      spaces.get(i).save(files.get(i));
    }
    var sides = SpaceComparison.sides(files, spaces);
    assertEquals(List.of("a", "b"), sides.stream().map(SpaceComparison.Side::label).toList());
    var resampling = new Resampling(permutations, 0, 0);
    return SpaceComparison.run(sides, CKA, false, resampling, Progress.NONE).pairs().get(0);
  }

  @Test
  void aRotationIsAligned() {
    SpaceComparison.Pair pair = pair(X, times(X, rotation(2, 5)), 199);
    assertEquals(1, pair.forward().get(0).value(), 1e-5);
    assertTrue(pair.isAligned());
  }

  @Test
  void spacesWithNothingInCommonAreNotUnlessThatIsNotTested() {
    FloatMatrix other = gaussian(7, 80, 5);
    assertFalse(pair(X, other, 199).isAligned());
    assertTrue(pair(X, other, 0).isAligned());
  }

  @Test
  void measuresThatSpacesAreTooWideForAreLeftOutIfLenient() {
    List<LatentSpace> spaces =
        List.of(Spaces.of(gaussian(1, 4, 2049)), Spaces.of(gaussian(2, 4, 3)));
    List<Path> files = List.of(folder.resolve("a.safetensors"), folder.resolve("b.safetensors"));
    for (int i = 0; i < 2; i++) {
      spaces.get(i).save(files.get(i));
    }
    var sides = SpaceComparison.sides(files, spaces);
    List<SpaceMeasure> matches =
        List.of(SpaceMeasure.of(MeasureKind.HARD_MATCH), SpaceMeasure.of(MeasureKind.SOFT_MATCH));
    var run = SpaceComparison.run(sides, matches, true, new Resampling(0, 0, 0), Progress.NONE);
    assertEquals(1, run.pairs().get(0).forward().size());
    assertTrue(
        run.notes()
            .contains(
                "hard-match was left out: it compares at most 2048 axes, and there are 2049"));
  }
}
