// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.core.relative;

import static io.github.djlstitch.core.Matrices.assertClose;
import static io.github.djlstitch.core.Matrices.gaussian;
import static io.github.djlstitch.core.Refusal.refused;

import io.github.djlstitch.core.FloatMatrix;
import io.github.djlstitch.core.StitchException.Kind;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class AnchoredSpaceTest {
  private static final FloatMatrix ANCHORS = gaussian(1, 9, 4);
  // More rows than one native block.
  private static final FloatMatrix DATA = gaussian(2, 5000, 4);

  @ParameterizedTest
  @EnumSource(
      value = Similarity.Kind.class,
      names = {"COSINE", "EUCLIDEAN"})
  void dataCentringTakesTheMeanOfAllData(Similarity.Kind kind) {
    var space = new AnchoredSpace(ANCHORS, DATA);
    var similarity = Similarity.named(kind.id(), 1);
    FloatMatrix expected = NaiveRelative.standardize(ANCHORS, DATA, similarity, Centering.ANCHORS);
    assertClose(expected, space.projection(similarity, Centering.DATA).anchors(), 1e-5);
  }

  @Test
  void widthsMustAgree() {
    refused(
        "anchors are 4 wide but the data of their space are 5 wide",
        Kind.BAD_INPUT,
        () -> new AnchoredSpace(ANCHORS, gaussian(3, 2, 5)));
  }

  @Test
  void anchorsAloneCannotBeCentredOnData() {
    refused(
        "needs the space's data",
        Kind.USAGE,
        () -> RelativeProjection.onto(ANCHORS, Similarity.cosine(), Centering.DATA));
  }

  @Test
  void framesMustSuitTheSimilarity() {
    refused(
        "disagree on whether lengths count",
        Kind.BAD_INPUT,
        () ->
            RelativeProjection.onto(ANCHORS, Similarity.cosine(), Standardization.plain(4, false)));
  }

  @Test
  void aCentreNeedsData() {
    refused(
        "a centre needs at least 1 vector",
        Kind.BAD_INPUT,
        () -> Standardization.centeredOn(FloatMatrix.wrap(0, 4, new float[0]), true));
  }
}
