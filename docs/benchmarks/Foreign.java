// SPDX-License-Identifier: Apache-2.0
import io.github.djlstitch.core.FloatMatrix;
import io.github.djlstitch.core.migrate.ForeignVectors;
import io.github.djlstitch.core.migrate.VectorKinds;
import io.github.djlstitch.core.migrate.VectorPopulation;
import io.github.djlstitch.core.space.LatentSpace;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Counts how often {@code stitch migrate check} finds vectors of another encoder: a card of 1,000 rows, and
 * the index of which a share was replaced by the other encoder's vectors of the same texts, as they
 * are and as int8 copies.
 *
 * <pre>java -Xmx3g -cp CLASSES Foreign.java ENCODED cranfield,cacm RUNS all|others</pre>
 *
 * <p>ENCODED is what {@code retrieval.sh} makes. {@code all}: the index has the card's rows, too;
 * {@code others}: only the rows that are not in the card.
 */
public final class Foreign {
  private static final List<String> ENCODERS = List.of("minilm", "bge-small", "e5-small");
  private static final double[] SHARES = {.01, .05, .5};
  private static final int CARD = 1000;

  public static void main(String[] arguments) {
    Path encoded = Path.of(arguments[0]);
    int runs = Integer.parseInt(arguments[2]);
    boolean others = arguments[3].equals("others");
    topics(encoded, arguments[1].split(","));
    for (String collection : arguments[1].split(",")) {
      for (String own : ENCODERS) {
        FloatMatrix vectors = vectors(encoded, collection, own);
        System.out.printf("%s %s: gap by itself %.2f%n", collection, own, VectorKinds.of(vectors).gap());
        for (String other : ENCODERS) {
          if (!own.equals(other)) {
            FloatMatrix foreign = vectors(encoded, collection, other);
            System.out.printf("%s %s with %s: gaps at 20 %% %.2f, 50 %% %.2f%n", collection, own, other, gap(vectors, foreign, .2), gap(vectors, foreign, .5));
            System.out.printf("%s %s with %s: %s%n", collection, own, other, count(vectors, foreign, runs, others));
          }
        }
      }
    }
  }

  /** Gaps of one encoder over the first rows of all collections, as many of each. */
  private static void topics(Path encoded, String[] collections) {
    for (String encoder : ENCODERS) {
      List<FloatMatrix> parts =
          Arrays.stream(collections).map(c -> vectors(encoded, c, encoder)).toList();
      int least = parts.stream().mapToInt(FloatMatrix::rows).min().orElse(0);
      FloatMatrix all =
          FloatMatrix.concatRows(
              parts.stream().map(p -> p.rowRange(0, least)).toArray(FloatMatrix[]::new));
      System.out.printf("all collections, %s: gap by itself %.2f%n", encoder, VectorKinds.of(all).gap());
    }
  }

  private static FloatMatrix vectors(Path encoded, String collection, String encoder) {
    return LatentSpace.open(encoded.resolve(collection + "-" + encoder + "-docs.safetensors")).vectors();
  }

  private static String count(FloatMatrix own, FloatMatrix foreign, int runs, boolean others) {
    int[] alarms = new int[2];
    int[][] found = new int[SHARES.length][2];
    for (int run = 0; run < runs; run++) {
      List<Integer> order = IntStream.range(0, own.rows()).boxed().collect(Collectors.toList());
      Collections.shuffle(order, new Random(run));
      var card = VectorPopulation.of(own.select(ints(order.subList(0, CARD))));
      int[] rows = ints(others ? order.subList(CARD, order.size()) : order);
      for (int copy = 0; copy < 2; copy++) {
        alarms[copy] += isForeign(card, own.select(rows), copy) ? 1 : 0;
        for (int s = 0; s < SHARES.length; s++) {
          FloatMatrix mixed = mixed(own, foreign, rows, SHARES[s], run);
          found[s][copy] += isForeign(card, mixed, copy) ? 1 : 0;
        }
      }
    }
    return "false alarms %s, found at 1 %% %s, 5 %% %s, 50 %% %s of %d (float32, int8)"
        .formatted(
            Arrays.toString(alarms),
            Arrays.toString(found[0]),
            Arrays.toString(found[1]),
            Arrays.toString(found[2]),
            runs);
  }

  private static boolean isForeign(VectorPopulation card, FloatMatrix rows, int copy) {
    var counted = ForeignVectors.countedBy(card);
    counted.add(copy == 0 ? rows : int8(rows));
    return counted.finding().foreign();
  }

  private static FloatMatrix mixed(
      FloatMatrix own, FloatMatrix foreign, int[] rows, double share, long seed) {
    List<Integer> order = Arrays.stream(rows).boxed().collect(Collectors.toList());
    Collections.shuffle(order, new Random(seed + 1));
    int count = Math.max(1, (int) Math.round(share * rows.length));
    Set<Integer> replaced = new HashSet<>(order.subList(0, count));
    int[] kept = Arrays.stream(rows).filter(row -> !replaced.contains(row)).toArray();
    return FloatMatrix.concatRows(own.select(kept), foreign.select(ints(order.subList(0, count))));
  }

  private static double gap(FloatMatrix own, FloatMatrix foreign, double share) {
    int[] rows = IntStream.range(0, own.rows()).toArray();
    return VectorKinds.of(mixed(own, foreign, rows, share, 0)).gap();
  }

  private static int[] ints(List<Integer> rows) {
    return rows.stream().mapToInt(row -> row).toArray();
  }

  /** Each row in 255 steps of its own size. */
  private static FloatMatrix int8(FloatMatrix rows) {
    float[] values = rows.toArray();
    int width = rows.columns();
    for (int i = 0; i < rows.rows(); i++) {
      float most = 0;
      for (int j = 0; j < width; j++) {
        most = Math.max(most, Math.abs(values[i * width + j]));
      }
      for (int j = 0; j < width; j++) {
        values[i * width + j] = Math.round(values[i * width + j] * 127 / most) * most / 127;
      }
    }
    return FloatMatrix.wrap(rows.rows(), width, values);
  }
}
