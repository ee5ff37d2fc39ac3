// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.cli;

import io.github.djlstitch.core.FloatMatrix;
import io.github.djlstitch.core.space.LatentSpace;
import io.github.djlstitch.core.space.Provenance;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Two noisy views, x of 12 and y of 9 values, of the same samples. */
final class TwoViews {
  static final int TRAIN = 150;
  static final int TEST = 60;

  private TwoViews() {}

  static List<String> ids(String split) {
    boolean train = split.equals("train");
    return IntStream.range(0, train ? TRAIN : TEST).mapToObj(i -> split + "-" + i).toList();
  }

  // The seed of a sample's hidden causes is its id, so that both encoders see the same sample.
  static LatentSpace space(String encoder, String split, List<String> ids) {
    int width = encoder.equals("x") ? 12 : 9;
    double[][] map = gaussian(encoder.hashCode(), 6, width);
    double[][] noise = gaussian(encoder.hashCode() + split.hashCode(), ids.size(), width);
    float[] out = new float[ids.size() * width];
    for (int i = 0; i < ids.size(); i++) {
      double[] causes = gaussian(ids.get(i).hashCode() * 31L, 1, 6)[0];
      for (int j = 0; j < width; j++) {
        double value = 2 + .2 * noise[i][j];
        for (int k = 0; k < 6; k++) {
          value += causes[k] * map[k][j];
        }
        out[i * width + j] = (float) value;
      }
    }
    var vectors = FloatMatrix.wrap(ids.size(), width, out);
    var provenance = new Provenance(encoder, "e-" + encoder, "data", "d", split, "test");
    return LatentSpace.of(ids, new int[0], List.of(), vectors, provenance);
  }

  private static double[][] gaussian(long seed, int rows, int columns) {
    var random = new Random(seed);
    return Stream.generate(() -> random.doubles(0, 1).limit(columns * 2L).toArray())
        .limit(rows)
        .map(TwoViews::boxMuller)
        .toArray(double[][]::new);
  }

  private static double[] boxMuller(double[] u) {
    return IntStream.range(0, u.length / 2)
        .mapToDouble(
            j -> Math.sqrt(-2 * Math.log(1 - u[2 * j])) * Math.cos(2 * Math.PI * u[2 * j + 1]))
        .toArray();
  }
}
