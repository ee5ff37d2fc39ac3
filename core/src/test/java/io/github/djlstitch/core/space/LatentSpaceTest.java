// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.core.space;

import static io.github.djlstitch.core.Matrices.gaussian;
import static io.github.djlstitch.core.Refusal.refused;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.djlstitch.core.FloatMatrix;
import io.github.djlstitch.core.StitchException.Kind;
import java.util.List;
import org.junit.jupiter.api.Test;

final class LatentSpaceTest {
  private static final Provenance FROM = Spaces.provenance("bert", "trec", "train");
  private static final FloatMatrix VECTORS = gaussian(1, 3, 2);
  private static final List<String> IDS = List.of("a", "b", "c");

  private static LatentSpace space(List<String> ids, int... labels) {
    return LatentSpace.of(ids, labels, Spaces.CLASSES, VECTORS, FROM);
  }

  @Test
  void anchorsComeInTheirOwnOrder() {
    LatentSpace space = space(IDS, 0, 1, 0);
    var anchors = new Anchors(List.of("c", "a"), "uniform", 0);
    assertEquals(VECTORS.select(new int[] {2, 0}), space.anchors(anchors));
    assertTrue(space.contains("b"));
    assertFalse(space.contains("d"));
  }

  @Test
  void anchorThatIsNoSampleIsNamed() {
    var anchors = new Anchors(List.of("c", "z"), "uniform", 0);
    refused(
        "anchor 'z' is not among the 3 train samples of 'trec'",
        Kind.BAD_INPUT,
        () -> space(IDS, 0, 1, 0).anchors(anchors));
  }

  @Test
  void labelsMayBeAbsentAndAreCopied() {
    assertEquals(0, space(IDS).labels().length);
    LatentSpace space = space(IDS, 0, 1, 0);
    space.labels()[0] = 7;
    assertArrayEquals(new int[] {0, 1, 0}, space.labels());
  }

  @Test
  void whatDoesNotGoTogetherIsRefused() {
    String where = "latent space of bert on trec: ";
    refused(where + "an id occurs twice", Kind.BAD_INPUT, () -> space(List.of("a", "b", "a")));
    refused(where + "3 vectors need", Kind.BAD_INPUT, () -> space(List.of("a", "b")));
    refused("as many ids and labels but got 3 and 2", Kind.BAD_INPUT, () -> space(IDS, 0, 1));
    refused(where + "label index 2, expected 0 to 1", Kind.BAD_INPUT, () -> space(IDS, 0, 1, 2));
    refused(where + "label index -1", Kind.BAD_INPUT, () -> space(IDS, 0, -1, 0));
  }

  @Test
  void valueThatIsNotFiniteIsNamedByRowAndId() {
    for (float bad : new float[] {Float.NaN, Float.NEGATIVE_INFINITY}) {
      FloatMatrix vectors = FloatMatrix.of(3, 2, 1, 2, 3, bad, 5, 6);
      refused(
          "row 1 (id 'b') has a value that is not finite",
          Kind.BAD_INPUT,
          () -> LatentSpace.of(IDS, new int[0], List.of(), vectors, FROM));
    }
  }

  @Test
  void keyNamesTheVectorsAndNotTheSoftware() {
    var newer = new Provenance("bert", "e-bert", "trec", "d-trec", "train", "test 2");
    assertEquals(FROM.key(), newer.key());
    assertNotEquals(FROM.key(), Spaces.provenance("bert", "trec", "test").key());
    assertNotEquals(FROM.key(), Spaces.provenance("e5", "trec", "train").key());
  }
}
