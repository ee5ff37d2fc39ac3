// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.core.relative;

import static io.github.djlstitch.core.Refusal.refused;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import io.github.djlstitch.core.StitchException.Kind;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("processor")
final class SimilarityTest {
  @Test
  void namesLeadBackToTheirKinds() {
    for (String id : Similarity.ids()) {
      assertEquals(id, Similarity.named(id, 1).kind().id());
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
  @ValueSource(doubles = {0, -2, Double.NaN, Double.POSITIVE_INFINITY})
  void lambdaAndGammaAreAboveZero(double number) {
    refused("needs lambda above 0", Kind.USAGE, () -> Similarity.coordinates(number));
    refused("needs gamma above 0", Kind.USAGE, () -> Similarity.named("rbf", number));
  }

  @ParameterizedTest
  @ValueSource(doubles = {0.99, 0, -1, Double.NaN, Double.POSITIVE_INFINITY})
  void orderIsAtLeastOne(double order) {
    refused("order of at least 1", Kind.USAGE, () -> Similarity.named("minkowski", order));
  }

  @ParameterizedTest
  @ValueSource(doubles = {-0.1, 1.1, Double.NaN})
  void shrinkageIsAPart(double shrinkage) {
    refused("from 0 to 1", Kind.USAGE, () -> Similarity.named("mahalanobis", shrinkage));
  }

  @Test
  void othersTakeNoParameter() {
    refused("needs no parameter but got 1.0", () -> new Similarity(Similarity.Kind.COSINE, 1));
  }

  @Test
  void onlyDistancesAreNegated() {
    refused("cannot be negated", () -> new Similarity(Similarity.Kind.COSINE, 0, true));
    for (Similarity.Kind kind : Similarity.Kind.values()) {
      assertEquals(kind.distance(), Similarity.named(kind.id(), 1).negated());
      assertFalse(Similarity.named(kind.id(), 1).positive().negated());
    }
  }
}
