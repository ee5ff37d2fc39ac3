// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.core.relative;

import static io.github.djlstitch.core.Refusal.refused;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.github.djlstitch.core.StitchException.Kind;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class SimilarityTest {
  @Test
  void namesLeadBackToTheirKinds() {
    for (String id : Similarity.ids()) {
      assertEquals(id, Similarity.named(id, 2).kind().id());
    }
    assertEquals(Similarity.coordinates(2), Similarity.named("coordinates", 2));
    assertEquals(Similarity.cosine(), Similarity.named("cosine", 2));
    for (Centering centering : Centering.values()) {
      assertEquals(centering, Centering.named(centering.id()));
    }
  }

  @Test
  void unknownNamesAreRefusedWithTheNearest() {
    refused("'cosin'; did you mean 'cosine'", Kind.USAGE, () -> Similarity.named("cosin", 0));
    refused("known: anchors, data, none", Kind.USAGE, () -> Centering.named("mean"));
  }

  @ParameterizedTest
  @ValueSource(doubles = {0, -1, Double.NaN, Double.POSITIVE_INFINITY})
  void coordinatesNeedAPositiveLambda(double lambda) {
    refused("coordinates need lambda above 0", () -> Similarity.coordinates(lambda));
  }

  @Test
  void othersTakeNoLambda() {
    refused("others take none", () -> new Similarity(Similarity.Kind.COSINE, 1));
  }
}
