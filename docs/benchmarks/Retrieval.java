// SPDX-License-Identifier: Apache-2.0
import io.github.djlstitch.core.FloatMatrix;
import io.github.djlstitch.core.Progress;
import io.github.djlstitch.core.migrate.BridgeMethod.Pairs;
import io.github.djlstitch.core.migrate.Judgments;
import io.github.djlstitch.core.migrate.MigrationPlan;
import io.github.djlstitch.core.migrate.MigrationPlan.Outcome;
import io.github.djlstitch.core.migrate.MigrationPlan.Verdict;
import io.github.djlstitch.core.migrate.MigrationPlan.Way;
import io.github.djlstitch.core.migrate.MigrationSettings;
import io.github.djlstitch.core.migrate.MigrationStudy;
import io.github.djlstitch.core.migrate.MigrationStudy.Queries;
import io.github.djlstitch.core.migrate.Side;
import io.github.djlstitch.core.migrate.StoredVectors;
import io.github.djlstitch.core.space.LatentSpace;
import io.github.djlstitch.indexes.JudgmentsFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

/**
 * Plans between all ordered pairs of encoders on judged collections, and the means of what they
 * report: nDCG@10 as a share of that of encoding all documents again, on the queries that did not
 * choose the method. Each plan is made twice, so that every query chooses once and reports once.
 *
 * <pre>java -Xmx3g -cp CLASSES Retrieval.java DATA ENCODED cranfield,cacm 300,1000 0,1 [no-spans]</pre>
 *
 * <p>DATA has a folder for each collection with {@code qrels.tsv}; ENCODED is what {@code
 * retrieval.sh} makes.
 */
public final class Retrieval {
  private static final List<String> ENCODERS = List.of("minilm", "bge-small", "e5-small");

  private final Path data;
  private final Path encoded;
  private final boolean spans;
  private final Map<String, List<Double>> shares = new TreeMap<>();
  private final Map<String, Integer> verdicts = new TreeMap<>();

  private Retrieval(Path data, Path encoded, boolean spans) {
    this.data = data;
    this.encoded = encoded;
    this.spans = spans;
  }

  public static void main(String[] arguments) throws Exception {
    var runs =
        new Retrieval(
            Path.of(arguments[0]), Path.of(arguments[1]), arguments.length < 6);
    for (String collection : arguments[2].split(",")) {
      for (String sample : arguments[3].split(",")) {
        for (String seed : arguments[4].split(",")) {
          runs.pairs(collection, Integer.parseInt(sample), Long.parseLong(seed));
        }
      }
    }
    runs.print();
  }

  private void pairs(String collection, int sample, long seed) throws Exception {
    for (String old : ENCODERS) {
      for (String fresh : ENCODERS) {
        if (!old.equals(fresh)) {
          plan(collection, old, fresh, sample, seed, false);
          plan(collection, old, fresh, sample, seed, true);
        }
      }
    }
  }

  private FloatMatrix vectors(String name) {
    return LatentSpace.open(encoded.resolve(name + ".safetensors")).vectors();
  }

  private void plan(
      String collection, String old, String fresh, int sample, long seed, boolean swapped)
      throws Exception {
    FloatMatrix before = vectors(collection + "-" + old + "-docs");
    FloatMatrix after = vectors(collection + "-" + fresh + "-docs");
    List<String> ids = Files.readAllLines(encoded.resolve(collection + "-docs.ids"));
    Judgments judgments = JudgmentsFile.read(data.resolve(collection).resolve("qrels.tsv"));
    List<String> names = Files.readAllLines(encoded.resolve(collection + "-queries.ids"));
    int[] order = order(names, judgments, swapped);
    var queries =
        new Queries(
            Arrays.stream(order).mapToObj(names::get).toList(),
            Optional.of(vectors(collection + "-" + old + "-queries").select(order)),
            vectors(collection + "-" + fresh + "-queries").select(order),
            judgments);
    var settings =
        new MigrationSettings(sample, List.of(Side.values()), List.of(20, 50), .95, seed);
    MigrationPlan plan =
        MigrationStudy.of(
            settings,
            stored(before, ids),
            rows -> after.select(ints(rows)),
            Optional.of(queries),
            rows -> spans ? Optional.of(spans(collection, old, fresh, rows)) : Optional.empty(),
            Progress.NONE);
    tell(collection, old, fresh, sample, seed, plan);
  }

  // Every other judged query decides: with neighbors swapped the others do.
  private static int[] order(List<String> names, Judgments judgments, boolean swapped) {
    List<String> answerable = judgments.answerable();
    int[] known =
        IntStream.range(0, names.size()).filter(i -> answerable.contains(names.get(i))).toArray();
    int even = known.length / 2 * 2;
    return IntStream.range(0, even).map(i -> known[swapped ? i ^ 1 : i]).toArray();
  }

  private Pairs spans(String collection, String old, String fresh, long[] rows) {
    return new Pairs(
        vectors(collection + "-" + fresh + "-spans-query").select(ints(rows)),
        vectors(collection + "-" + old + "-spans-query").select(ints(rows)));
  }

  private void tell(
      String collection, String old, String fresh, int sample, long seed, MigrationPlan plan) {
    StringBuilder line =
        new StringBuilder("%s %s to %s, %d texts, seed %d:".formatted(collection, old, fresh, sample, seed));
    for (Outcome outcome : plan.outcomes()) {
      String name = sample + " texts " + outcome.way().id() + (outcome.reranked() > 0 ? " top " + outcome.reranked() : "");
      shares.computeIfAbsent(name, key -> new ArrayList<>()).add(outcome.ofFull().value());
      if (outcome.reranked() == 0) {
        line.append(" %s %.3f".formatted(outcome.way().id(), outcome.ndcg().value()));
      }
    }
    for (Side side : Side.values()) {
      Verdict verdict = plan.verdict(side);
      line.append(", ").append(side.id()).append(' ').append(plan.bridge(side).method().id()).append(' ').append(verdict.id());
      verdicts.merge(sample + " texts " + side.id() + " " + verdict.id(), 1, Integer::sum);
    }
    if (plan.outcome(Way.OLD).isPresent()) {
      System.out.println(line);
    }
  }

  private void print() {
    System.out.println("share of encoding all again, mean (least) over pairs, seeds and collections");
    shares.forEach(
        (name, values) ->
            System.out.printf(
                "%-28s %.3f (%.3f) n=%d%n",
                name,
                values.stream().mapToDouble(v -> v).average().orElse(0),
                values.stream().mapToDouble(v -> v).min().orElse(0),
                values.size()));
    verdicts.forEach((name, count) -> System.out.println(name + ": " + count));
  }

  private static int[] ints(long[] rows) {
    return LongStream.of(rows).mapToInt(row -> (int) row).toArray();
  }

  private static StoredVectors stored(FloatMatrix vectors, List<String> ids) {
    return new StoredVectors() {
      @Override
      public int width() {
        return vectors.columns();
      }

      @Override
      public void each(Consumer<FloatMatrix> block) {
        for (int from = 0; from < vectors.rows(); from += 1024) {
          block.accept(vectors.rowRange(from, Math.min(vectors.rows(), from + 1024)));
        }
      }

      @Override
      public FloatMatrix select(long[] rows) {
        return vectors.select(ints(rows));
      }

      @Override
      public List<String> ids(long[] rows) {
        return Arrays.stream(rows).mapToObj(row -> ids.get((int) row)).toList();
      }
    };
  }
}
