// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.core.relative;

import static io.github.djlstitch.core.Matrices.assertClose;
import static io.github.djlstitch.core.Matrices.gaussian;
import static io.github.djlstitch.core.Refusal.refused;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import io.github.djlstitch.core.StitchException.Kind;
import io.github.djlstitch.core.relative.InvarianceProduct.Merge;
import io.github.djlstitch.core.space.Anchors;
import io.github.djlstitch.core.space.LatentSpace;
import io.github.djlstitch.core.space.Provenance;
import io.github.djlstitch.core.space.Spaces;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Relative spaces as files: their vectors, and what their cards say. */
@Tag("processor")
final class RelativeSpaceTest {
  private static final LatentSpace SPACE = Spaces.of(gaussian(1, 700, 6));
  private static final Anchors ANCHORS = new Anchors(Spaces.ids("s", 9), "uniform", 0);
  private static final RelativePipeline COSINE =
      RelativePipeline.of(Similarity.cosine(), Centering.ANCHORS);

  @TempDir Path folder;

  @Test
  void aFileHasThePipelinesVectorsAndSaysOfWhat() {
    Path file = folder.resolve("r.safetensors");
    RelativeSpace.of(SPACE, ANCHORS, COSINE.withNorm(OutputNorm.L2)).write(SPACE, file);
    LatentSpace opened = LatentSpace.open(file);
    var fitted = COSINE.withNorm(OutputNorm.L2).over(AnchoredSpace.of(SPACE, ANCHORS));
    // Files are written by blocks of rows; some processors' kernels round by the number of rows.
    assertClose(fitted.apply(SPACE.vectors()), opened.vectors(), 1e-6);
    assertEquals(SPACE.ids(), opened.ids());
    var settings = Map.of("similarity", "cosine", "center", "anchors", "norm", "l2");
    var expected = new Provenance.Relative(ANCHORS, "trec", "d-trec", settings);
    assertEquals(Optional.of(expected), opened.provenance().relative());
    assertEquals(SPACE.provenance().relativeTo(expected).key(), opened.provenance().key());
  }

  @Test
  void vectorsThatDependOnEachOtherAreMadeTogether() {
    Path file = folder.resolve("i.safetensors");
    RelativePipeline how = COSINE.withNorm(OutputNorm.INSTANCE);
    RelativeSpace.of(SPACE, ANCHORS, how).write(SPACE, file);
    var fitted = how.over(AnchoredSpace.of(SPACE, ANCHORS));
    assertEquals(fitted.apply(SPACE.vectors()), LatentSpace.open(file).vectors());
  }

  @Test
  void aProductIsAsWideAsItsMergeMakesIt() {
    var product = InvarianceProduct.of(Centering.NONE, Merge.CONCAT);
    RelativeSpace space = RelativeSpace.of(SPACE, ANCHORS, product);
    LatentSpace found = space.apply(SPACE);
    assertEquals(4 * 9, space.width());
    assertEquals(
        product.over(AnchoredSpace.of(SPACE, ANCHORS)).apply(SPACE.vectors()), found.vectors());
    assertEquals(
        "cosine, euclidean, manhattan, chebyshev", space.origin().settings().get("similarity"));
    assertEquals("concat", space.origin().settings().get("product"));
  }

  @Test
  void otherAnchorsAndSettingsAreOtherVectors() {
    var fewer = new Anchors(Spaces.ids("s", 8), "uniform", 0);
    var rbf = new Similarity(Similarity.Kind.RBF, .5);
    Stream<LatentSpace> spaces =
        Stream.of(
            SPACE,
            RelativeSpace.of(SPACE, ANCHORS, COSINE).apply(SPACE),
            RelativeSpace.of(SPACE, fewer, COSINE).apply(SPACE),
            RelativeSpace.of(SPACE, ANCHORS, COSINE.withSubspaces(2)).apply(SPACE),
            RelativeSpace.of(SPACE, ANCHORS, RelativePipeline.of(rbf, Centering.ANCHORS))
                .apply(SPACE),
            RelativeSpace.of(SPACE, ANCHORS, COSINE.withRelative(Quantization.round(.1)))
                .apply(SPACE));
    Set<String> keys = spaces.map(s -> s.provenance().key()).collect(Collectors.toSet());
    assertEquals(6, keys.size());
    assertEquals("rbf gamma=0.5", rbf.text());
    assertEquals("euclidean positive", Similarity.of(Similarity.Kind.EUCLIDEAN).positive().text());
  }

  @Test
  void anchorsOfAnotherDataSetAreNamed() {
    LatentSpace others =
        LatentSpace.of(
            Spaces.ids("w", 12),
            new int[0],
            List.of(),
            gaussian(2, 12, 6),
            Spaces.provenance("bert", "words", "train"));
    LatentSpace both = SPACE.withAnchorsFrom(others);
    Anchors anchors = both.owned(new Anchors(Spaces.ids("w", 5), "uniform", 0));
    LatentSpace relative = RelativeSpace.of(both, anchors, COSINE).apply(both);
    assertEquals("words", relative.provenance().relative().orElseThrow().dataset());
    assertNotEquals(SPACE.provenance().key(), relative.provenance().key());
    refused(
        "each encoder embeds the anchors", Kind.BAD_INPUT, () -> relative.withAnchorsFrom(others));
  }
}
