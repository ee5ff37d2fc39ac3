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
import io.github.djlstitch.core.Refusal;
import io.github.djlstitch.core.StitchException.Kind;
import io.github.djlstitch.core.relative.Centering;
import io.github.djlstitch.core.relative.OutputNorm;
import io.github.djlstitch.core.relative.RelativePipeline;
import io.github.djlstitch.core.relative.RelativeSpace;
import io.github.djlstitch.core.relative.Similarity;
import io.github.djlstitch.core.space.Anchors;
import io.github.djlstitch.core.space.LatentSpace;
import io.github.djlstitch.core.space.Spaces;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
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

  private SpaceComparison relative(Anchors a, Anchors b, String measures, boolean lenient) {
    var how = RelativePipeline.of(Similarity.cosine(), Centering.ANCHORS);
    List<LatentSpace> spaces =
        List.of(
            RelativeSpace.of(Spaces.of(X), a, how).apply(Spaces.of(X)),
            RelativeSpace.of(Spaces.of(X), b, how.withNorm(OutputNorm.L2)).apply(Spaces.of(X)));
    return run(spaces, measures, lenient);
  }

  private SpaceComparison run(List<LatentSpace> spaces, String measures, boolean lenient) {
    List<Path> files = List.of(folder.resolve("a.safetensors"), folder.resolve("b.safetensors"));
    IntStream.range(0, 2).forEach(i -> spaces.get(i).save(files.get(i)));
    return SpaceComparison.run(
        SpaceComparison.sides(files, spaces),
        Stream.of(measures.split(",", -1)).map(name -> SpaceMeasure.named(name, 5)).toList(),
        lenient,
        new Resampling(0, 0, 0),
        Progress.NONE);
  }

  @Test
  void coordinatesOfOtherAnchorsAreNotCompared() {
    var nine = new Anchors(Spaces.ids("s", 9), "uniform", 0);
    var others = new Anchors(Spaces.ids("s", 10).subList(1, 10), "uniform", 0);
    String named = "(9 with sha256 %.12s and 9 with sha256 %.12s); encode both with the same file";
    Refusal.refused(
        "a and b are relative to different anchors "
            + named.formatted(nine.sha256(), others.sha256()),
        Kind.BAD_INPUT,
        () -> relative(nine, others, "cka,mrr", false));
    assertEquals(1, relative(nine, others, "cka", false).pairs().get(0).forward().size());
    SpaceComparison lenient = relative(nine, others, "cka,mrr", true);
    assertEquals(1, lenient.pairs().get(0).forward().size());
    assertTrue(lenient.notes().get(0).endsWith(", so measures of coordinates were left out"));
    Refusal.refused(
        "b is relative and a is not",
        Kind.BAD_INPUT,
        () -> run(List.of(Spaces.of(X), relative(nine)), "cosine", false));
  }

  private static LatentSpace relative(Anchors anchors) {
    var how = RelativePipeline.of(Similarity.cosine(), Centering.ANCHORS);
    return RelativeSpace.of(Spaces.of(X), anchors, how).apply(Spaces.of(X));
  }

  @Test
  void otherWaysToTheSameAnchorsAreTold() {
    var nine = new Anchors(Spaces.ids("s", 9), "uniform", 0);
    SpaceComparison found = relative(nine, nine, "cosine", false);
    assertEquals(1, found.pairs().get(0).forward().get(0).value(), 1e-6);
    assertEquals(
        List.of(
            "a and b were made relative in different ways: {center=anchors, similarity=cosine};"
                + " {center=anchors, norm=l2, similarity=cosine}"),
        found.notes());
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
