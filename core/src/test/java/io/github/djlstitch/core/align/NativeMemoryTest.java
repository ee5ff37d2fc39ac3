// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.core.align;

import static io.github.djlstitch.core.Matrices.gaussian;
import static io.github.djlstitch.core.internal.engine.NativeArrays.assertNoneLeft;

import io.github.djlstitch.core.FloatMatrix;
import io.github.djlstitch.core.align.Preparation.DimensionMatching;
import io.github.djlstitch.core.align.UnpairedAlignment.Options;
import io.github.djlstitch.core.align.UnpairedAlignment.Pairing;
import io.github.djlstitch.core.align.UnpairedAlignment.Refinement;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

final class NativeMemoryTest {
  private static final FloatMatrix X = gaussian(1, 40, 4);
  private static final FloatMatrix Y = gaussian(2, 40, 6);

  static Stream<Runnable> work() {
    return Stream.of(
        () -> AlignerTest.every().forEach(aligner -> aligner.fit(X, Y).apply(X)),
        () ->
            Aligner.procrustes()
                .with(Preparation.UNIT)
                .with(DimensionMatching.PCA)
                .fit(X, Y)
                .apply(X),
        () -> CanonicalCorrelation.of(X, Y, 3, .1).translation().apply(X),
        () -> GeneralizedProcrustes.fit(List.of(X, Y), 1e-6, 9).translation(0, 1).apply(X),
        () ->
            FunctionalMap.fit(
                    X, Y, new int[] {1, 2}, new int[] {1, 2}, new FunctionalMap.Options(5, 5, 1))
                .refine(X, Y, Aligner.leastSquares()),
        () -> Asif.of(X, Y, Asif.Options.defaults()).scores(X, Y),
        () ->
            UnpairedAlignment.fit(
                X, Y, new Options(new Pairing(2, 2, 3, 40, 2), new Refinement(3, 2, 20), 1)),
        () -> SelfLearning.defaults().fit(X, Y, X, Y, Y));
  }

  @ParameterizedTest(name = "{index}")
  @MethodSource("work")
  void nothingIsLeft(Runnable work) {
    assertNoneLeft(2, work);
  }
}
