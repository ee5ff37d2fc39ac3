// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.core.stitch;

import io.github.djlstitch.core.FloatMatrix;
import io.github.djlstitch.core.Matrices;
import io.github.djlstitch.core.space.LatentSpace;
import io.github.djlstitch.core.space.Spaces;
import java.util.List;
import java.util.Random;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;

/** Samples of five Gaussian clusters, as encoders see them that rotate, cut or ignore them. */
final class World {
  static final int WIDTH = 12;
  static final int TRAIN = 120;
  static final List<String> CLASSES = List.of("a", "b", "c", "d", "e");
  private static final FloatMatrix CENTERS = Matrices.gaussian(77, CLASSES.size(), WIDTH);

  private World() {}

  /** An encoder that sees the samples turned by a rotation; seed 0 sees them as they are. */
  static EncodedDataset rotated(String encoder, long seed) {
    return seen(encoder, "en", 0, TRAIN, x -> turned(x, seed));
  }

  static FloatMatrix turned(FloatMatrix x, long seed) {
    return seed == 0 ? x : Matrices.times(x, Matrices.rotation(seed, WIDTH));
  }

  /** An encoder whose vectors have nothing to do with the samples. */
  static EncodedDataset unrelated(String encoder) {
    return seen(encoder, "en", 0, TRAIN, x -> Matrices.gaussian(5, x.rows(), WIDTH));
  }

  /** Train samples {@code from} to {@code to} of a data set, and 60 test samples. */
  static EncodedDataset seen(
      String encoder, String dataset, int from, int to, UnaryOperator<FloatMatrix> view) {
    return new EncodedDataset(
        space(encoder, dataset, "train", CLASSES, from, to, view),
        space(encoder, dataset, "test", CLASSES, 10_000, 10_060, view));
  }

  static LatentSpace space(
      String encoder,
      String dataset,
      String split,
      List<String> classes,
      int from,
      int to,
      UnaryOperator<FloatMatrix> view) {
    int[] numbers = IntStream.range(from, to).toArray();
    return LatentSpace.of(
        IntStream.of(numbers).mapToObj(n -> "s" + n).toList(),
        IntStream.of(numbers).map(World::label).toArray(),
        classes,
        view.apply(vectors(numbers)),
        Spaces.provenance(encoder, dataset, split));
  }

  // Class a has a third of the samples, the others a sixth each.
  private static int label(int number) {
    return Math.max(0, number % 6 - 1);
  }

  private static FloatMatrix vectors(int[] numbers) {
    float[][] rows = new float[numbers.length][];
    for (int i = 0; i < rows.length; i++) {
      var noise = new Random(numbers[i]);
      int label = label(numbers[i]);
      rows[i] =
          Matrices.of(1, WIDTH, (r, j) -> CENTERS.get(label, j) + 0.4 * noise.nextGaussian())
              .row(0);
    }
    return FloatMatrix.of(rows);
  }

  /** Trains heads that answer with the nearest class mean. */
  static Decoder nearestMean(DecoderSpec spec, Supplier<FloatMatrix> inputs, int[] labels) {
    FloatMatrix x = inputs.get();
    FloatMatrix means =
        FloatMatrix.concatRows(
            IntStream.range(0, spec.classes().size())
                .mapToObj(
                    c -> IntStream.range(0, labels.length).filter(i -> labels[i] == c).toArray())
                .map(rows -> Matrices.meanRow(x.select(rows)))
                .toArray(FloatMatrix[]::new));
    return new NearestMean(spec, means);
  }

  private record NearestMean(DecoderSpec spec, FloatMatrix means) implements Decoder {
    @Override
    public FloatMatrix decode(FloatMatrix inputs) {
      return Matrices.of(
          inputs.rows(),
          means.rows(),
          (i, c) -> {
            double[] x = Matrices.doubles(inputs, i);
            double[] m = Matrices.doubles(means, c);
            return 2 * Matrices.dot(x, m) - Matrices.dot(m, m);
          });
    }
  }
}
