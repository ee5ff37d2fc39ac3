// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.core.measure;

import static io.github.djlstitch.core.Matrices.gaussian;
import static io.github.djlstitch.core.Refusal.refused;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;

import io.github.djlstitch.core.FloatMatrix;
import io.github.djlstitch.core.StitchException.Kind;
import io.github.djlstitch.core.measure.SpaceComparison.PairedSpaces;
import io.github.djlstitch.core.space.LatentSpace;
import io.github.djlstitch.core.space.Spaces;
import java.util.List;
import org.junit.jupiter.api.Test;

final class PairedSpacesTest {
  private static final LatentSpace ALL = Spaces.of(gaussian(1, 10, 3));

  private static LatentSpace space(List<String> ids, FloatMatrix vectors) {
    return LatentSpace.of(
        ids, new int[0], List.of(), vectors, Spaces.provenance("e5", "trec", "test"));
  }

  @Test
  void equalIdsNeedNoCopy() {
    var pairs = PairedSpaces.of(ALL, Spaces.of(gaussian(2, 10, 4)));
    assertSame(ALL.vectors(), pairs.x());
    assertEquals(0, pairs.droppedX() + pairs.droppedY());
  }

  @Test
  void sharedIdsArePairedInTheOrderOfTheFirst() {
    LatentSpace other = space(List.of("s7", "new", "s0", "s3", "s2"), gaussian(2, 5, 4));
    var pairs = PairedSpaces.of(ALL, other);
    assertEquals(List.of("s0", "s2", "s3", "s7"), pairs.ids());
    assertEquals(ALL.vectors().select(new int[] {0, 2, 3, 7}), pairs.x());
    assertEquals(other.vectors().select(new int[] {2, 4, 3, 0}), pairs.y());
    assertEquals(6, pairs.droppedX());
    assertEquals(1, pairs.droppedY());
  }

  @Test
  void spacesOfOtherSamplesAreRefused() {
    LatentSpace other = space(Spaces.ids("t", 9), gaussian(3, 9, 3));
    refused(
        "share 0 sample ids, expected at least 4: one has ids like 's0', the other like 't0'",
        Kind.BAD_INPUT,
        () -> PairedSpaces.of(ALL, other));
    LatentSpace three = Spaces.of(gaussian(4, 3, 3));
    refused("share 3 sample ids", Kind.BAD_INPUT, () -> PairedSpaces.of(three, three));
  }
}
