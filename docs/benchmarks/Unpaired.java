// SPDX-License-Identifier: Apache-2.0
import io.github.djlstitch.core.FloatMatrix;
import io.github.djlstitch.core.align.UnpairedAlignment;
import io.github.djlstitch.core.space.LatentSpace;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Two encoders' spaces aligned by different texts of each, measured on 1,500 texts of neither.
 *
 * <pre>
 * ./stitch encode --encoder minilm texts.txt --out a.safetensors
 * ./stitch encode --encoder bge-small texts.txt --out b.safetensors
 * java -cp 'cli/target/stitch-cli.jar:cli/target/lib/*' docs/benchmarks/Unpaired.java a.safetensors b.safetensors 5000 1,2,3
 * </pre>
 */
public final class Unpaired {
  private static final int HELD_OUT = 1500;

  public static void main(String[] args) {
    FloatMatrix x = LatentSpace.open(Path.of(args[0])).vectors();
    FloatMatrix y = LatentSpace.open(Path.of(args[1])).vectors();
    int count = Integer.parseInt(args[2]);
    List<Integer> order = IntStream.range(0, x.rows()).boxed().collect(Collectors.toList());
    Collections.shuffle(order, new Random(11));
    int[] rows = order.stream().mapToInt(i -> i).toArray();
    int[] test = Arrays.copyOfRange(rows, rows.length - HELD_OUT, rows.length);
    FloatMatrix source = x.select(Arrays.copyOf(rows, count));
    FloatMatrix target = y.select(Arrays.copyOfRange(rows, count, 2 * count));
    for (String seed : args[3].split(",")) {
      long start = System.nanoTime();
      var options = UnpairedAlignment.Options.defaults(Long.parseLong(seed));
      var fit = UnpairedAlignment.fit(source, target, options);
      double seconds = (System.nanoTime() - start) / 1e9;
      show(fit, x.select(test), y.select(test));
      System.out.printf("%d texts each, seed %s, matched %.3f, %.0f s%n", count, seed, fit.matchedCosine(), seconds);
    }
  }

  private static void show(UnpairedAlignment fit, FloatMatrix x, FloatMatrix y) {
    FloatMatrix carried = fit.alignment().apply(x);
    FloatMatrix right = fit.standardizeTarget(y);
    int first = 0;
    double ranks = 0;
    for (int i = 0; i < carried.rows(); i++) {
      float[] query = carried.row(i);
      double own = dot(query, right.row(i));
      long before = IntStream.range(0, right.rows()).filter(j -> dot(query, right.row(j)) > own).count();
      first += before == 0 ? 1 : 0;
      ranks += before + 1;
    }
    System.out.printf("top-1 %.3f, mean rank %.1f of %d; ", first / (double) HELD_OUT, ranks / HELD_OUT, HELD_OUT);
  }

  private static double dot(float[] a, float[] b) {
    double sum = 0;
    for (int i = 0; i < a.length; i++) {
      sum += a[i] * b[i];
    }
    return sum;
  }
}
