// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.core.stitch;

import io.github.djlstitch.core.Diagnostics;
import io.github.djlstitch.core.FloatMatrix;
import io.github.djlstitch.core.Progress;
import io.github.djlstitch.core.StitchException;
import io.github.djlstitch.core.measure.Metric;
import io.github.djlstitch.core.relative.AnchoredSpace;
import io.github.djlstitch.core.relative.Centering;
import io.github.djlstitch.core.relative.Similarity;
import io.github.djlstitch.core.space.AnchorSelector;
import io.github.djlstitch.core.space.Anchors;
import io.github.djlstitch.core.space.LatentSpace;
import io.github.djlstitch.core.stitch.HeadRecipe.HeadSource;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.IntSummaryStatistics;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Pairs every encoder with every decoder, zero-shot: for each seed it chooses anchors, gets one
 * head for each decoder and space, and scores each method on the test samples. Each head is also
 * measured on its own encoder, untouched, which is what stitching is compared with.
 *
 * <p>The encodings are given; from here on only small matrices are multiplied.
 */
public final class StitchRunner {
  private static final double NANOS_PER_MILLI = 1e6;

  private final Options options;
  private final HeadSource heads;
  private final Progress progress;
  private final List<StitchReport.Result> results = new ArrayList<>();
  private final List<Anchors> chosen = new ArrayList<>();
  private final TreeSet<String> notes = new TreeSet<>();
  private long steps;
  private long step;
  private long fitNanos;
  private long evaluateNanos;

  /**
   * The options of a run.
   *
   * @param methods what to compare; the report has them in the order of {@link Method}
   * @param similarity of the relative space
   * @param centering of every space
   * @param bridges numbers that the methods read; each run's seed takes the place of theirs
   * @param anchors chooses the anchors of a seed
   * @param head architecture and training of the heads
   * @param seeds one run for each
   */
  public record Options(
      List<Method> methods,
      Similarity similarity,
      Centering centering,
      BridgeOptions bridges,
      AnchorChoice anchors,
      DecoderSpec.Head head,
      List<Long> seeds) {
    /** Takes copies and checks that there is something to do. */
    public Options {
      methods = methods.stream().distinct().sorted().toList();
      seeds = List.copyOf(seeds);
      if (methods.isEmpty() || seeds.isEmpty()) {
        throw StitchException.usage("a run needs at least 1 method and 1 seed");
      }
    }

    /** The same run with other anchors. */
    public Options withAnchors(AnchorChoice choice) {
      return new Options(methods, similarity, centering, bridges, choice, head, seeds);
    }
  }

  /** Chooses the anchors of a seed among candidates. */
  @FunctionalInterface
  public interface AnchorChoice {
    /**
     * The anchors.
     *
     * @param candidates samples that every encoder has, in the order and with the vectors of the
     *     training space of the first decoder
     */
    Anchors choose(LatentSpace candidates, long seed);

    /**
     * Checks that there are enough candidates, before there are vectors of them.
     *
     * @throws StitchException (bad input) if there are fewer than it chooses
     */
    default void requireEnough(int candidates) {}

    /** By a selector. */
    static AnchorChoice by(AnchorSelector selector, int count) {
      return new CountedAnchors(selector, count);
    }

    /** Always these. */
    static AnchorChoice fixed(Anchors anchors) {
      return new ListedAnchors(anchors);
    }

    /** Returns the anchors of {@link #fixed}; empty if they are chosen. */
    default Optional<Anchors> listed() {
      return Optional.empty();
    }
  }

  private StitchRunner(Options options, HeadSource heads, Progress progress) {
    this.options = options;
    this.heads = heads;
    this.progress = progress;
  }

  /**
   * Runs the grid.
   *
   * @param encoders what is plugged in
   * @param decoders the encoders on whose spaces the heads are trained, on the same data set or on
   *     a parallel one, whose samples have the same ids
   * @throws StitchException (bad input) if the data sets share too few ids or have other classes
   */
  public static StitchReport run(
      List<EncodedDataset> encoders,
      List<EncodedDataset> decoders,
      Options options,
      HeadSource heads,
      Progress progress) {
    var runner = new StitchRunner(options, heads, progress);
    requireSameClasses(encoders, decoders);
    runner.steps = runner.steps(encoders, decoders);
    for (long seed : options.seeds()) {
      var round = runner.new Round(runner.chooseAnchors(encoders, decoders, seed), seed);
      for (EncodedDataset decoder : decoders) {
        round.measure(encoders, decoder);
      }
    }
    runner.begin("");
    return new StitchReport(
        runner.results,
        classCounts(encoders.get(0).test()),
        runner.chosen,
        Stream.concat(runner.notes.stream(), Bridges.notes(runner.results)).toList(),
        runner.fitNanos / 1e9,
        runner.evaluateNanos / 1e9);
  }

  // A step for each head and for each way from a source to it.
  private long steps(List<EncodedDataset> encoders, List<EncodedDataset> decoders) {
    long heads = options.methods().stream().map(Method::reads).distinct().count();
    long methods = options.methods().size();
    long each =
        decoders.stream().mapToLong(d -> heads + methods * sources(encoders, d).size()).sum();
    return each * options.seeds().size();
  }

  private void begin(String what) {
    progress.at("stitch", what, step++, steps);
  }

  private static List<EncodedDataset> sources(
      List<EncodedDataset> encoders, EncodedDataset decoder) {
    List<EncodedDataset> sources = new ArrayList<>(encoders);
    if (encoders.stream().noneMatch(e -> isOwn(e, decoder))) {
      sources.add(decoder);
    }
    return sources;
  }

  private Anchors chooseAnchors(
      List<EncodedDataset> encoders, List<EncodedDataset> decoders, long seed) {
    LatentSpace first = decoders.get(0).train();
    LatentSpace candidates = first.anchorCandidates();
    int[] shared =
        IntStream.range(0, candidates.ids().size())
            .filter(
                i ->
                    Stream.of(encoders, decoders)
                        .flatMap(List::stream)
                        .map(e -> e.train().anchorCandidates())
                        .allMatch(space -> space.contains(candidates.ids().get(i))))
            .toArray();
    LatentSpace common =
        shared.length == candidates.ids().size() ? candidates : candidates.select(shared);
    Anchors anchors = first.owned(options.anchors().choose(common, seed));
    chosen.add(anchors);
    return anchors;
  }

  /** The runs of one seed: the same anchors, each space's codecs made once. */
  private final class Round {
    private final Anchors anchors;
    private final long seed;
    private final Bridges bridges;
    private final Stitchability stitchability;
    private final IdentityHashMap<EncodedDataset, AnchoredSpace> spaces = new IdentityHashMap<>();

    Round(Anchors anchors, long seed) {
      this.anchors = anchors;
      this.seed = seed;
      var wanted = options.bridges().withSeed(seed);
      this.bridges = new Bridges(wanted);
      this.stitchability = new Stitchability(bridges, wanted);
    }

    private AnchoredSpace space(EncodedDataset data) {
      return spaces.computeIfAbsent(data, d -> AnchoredSpace.of(d.train(), anchors));
    }

    void measure(List<EncodedDataset> encoders, EncodedDataset decoder) {
      Map<DecoderSpec.Reads, Reader> readers =
          timedFit(() -> readers(decoder, space(decoder), anchors, seed));
      for (EncodedDataset source : sources(encoders, decoder)) {
        for (Method method : options.methods()) {
          begin(source.encoder() + " into " + decoder.encoder() + ", " + method.id());
          measure(source, decoder, method, Objects.requireNonNull(readers.get(method.reads())));
        }
      }
    }

    private void measure(
        EncodedDataset source, EncodedDataset decoder, Method method, Reader reader) {
      DecoderSpec spec = reader.head().spec();
      AnchoredSpace own = space(source);
      if (method == Method.ABSOLUTE && own.anchors().columns() != spec.width()) {
        noteOtherWidth(source, own, spec);
        return;
      }
      AnchoredSpace target = space(decoder);
      boolean stitched = !isOwn(source, decoder);
      long start = System.nanoTime();
      var stitching = Stitching.of(method, own, target, bridges, reader.head());
      long fitted = System.nanoTime();
      FloatMatrix inputs = stitching.bridge().apply(source.test().vectors()); // (N, width)
      FloatMatrix answers = reader.head().decode(inputs); // (N, C)
      long applied = System.nanoTime();
      Map<String, Double> diagnostics = new HashMap<>(stitching.bridge().diagnostics());
      reader
          .cosine(source.test(), inputs)
          .ifPresent(cosine -> diagnostics.put(Diagnostics.RECONSTRUCTION_COSINE, cosine));
      if (stitched) {
        diagnostics.put(Diagnostics.EXPECTED_ACCURACY, expected(method, own, decoder, reader));
        diagnostics.putAll(reader.likeness(source.test(), answers, seed));
      }
      fitNanos += fitted - start;
      evaluateNanos += System.nanoTime() - fitted;
      String similarity = method == Method.RELATIVE ? spec.similarity().kind().id() : "";
      results.add(
          new StitchReport.Result(
              source.encoder(),
              spec.name(),
              method,
              similarity,
              seed,
              stitched,
              Reader.scores(source.test(), answers.argMaxRows()),
              reader.scores(),
              diagnostics,
              cost(method, stitching.bridge(), fitted - start, applied - fitted)));
    }

    // Anchors of another data set have no labels of these classes, but no head knows them by heart.
    private double expected(
        Method method, AnchoredSpace own, EncodedDataset decoder, Reader reader) {
      AnchoredSpace target = space(decoder);
      Decoder head = reader.head();
      return AnchorLabels.of(anchors, decoder.train())
          .map(labels -> stitchability.agreement(method, own, target, head, labels))
          .orElseGet(
              () ->
                  reader.score(Metric.ACCURACY)
                      * stitchability.agreement(
                          method, own, target, head, Stitchability.answers(head, target)));
    }

    private void noteOtherWidth(EncodedDataset source, AnchoredSpace own, DecoderSpec spec) {
      notes.add(
          String.format(
              "absolute: %s gives %d values, %s reads %d: not possible",
              source.encoder(), own.anchors().columns(), spec.name(), spec.width()));
    }

    private StitchReport.Cost cost(Method method, Bridge bridge, long fitNanos, long applyNanos) {
      int paired = method.family() == Method.Family.DIRECT ? 0 : anchors.count();
      return new StitchReport.Cost(
          paired, bridge.parameters(), fitNanos / NANOS_PER_MILLI, applyNanos / NANOS_PER_MILLI);
    }
  }

  private Map<DecoderSpec.Reads, Reader> readers(
      EncodedDataset decoder, AnchoredSpace space, Anchors anchors, long seed) {
    Map<DecoderSpec.Reads, Reader> readers = new EnumMap<>(DecoderSpec.Reads.class);
    for (Method method : options.methods()) {
      readers.computeIfAbsent(
          method.reads(),
          reads -> Reader.of(head(reads, decoder.train(), anchors, seed), space, decoder.test()));
    }
    return readers;
  }

  private Decoder head(DecoderSpec.Reads reads, LatentSpace train, Anchors anchors, long seed) {
    begin(reads.id() + " head of " + train.provenance().encoder());
    return new HeadRecipe(reads, options.similarity(), options.centering(), options.head(), seed)
        .make(train, anchors, heads);
  }

  private <T> T timedFit(Supplier<T> work) {
    long start = System.nanoTime();
    T result = work.get();
    fitNanos += System.nanoTime() - start;
    return result;
  }

  // The same encoder on the same data; the same encoder on a parallel data set is stitched.
  private static boolean isOwn(EncodedDataset source, EncodedDataset decoder) {
    return source.train().provenance().key().equals(decoder.train().provenance().key());
  }

  private static StitchReport.ClassCounts classCounts(LatentSpace test) {
    int[] counts = new int[test.classes().size()];
    IntStream.of(test.labels()).forEach(label -> counts[label]++);
    IntSummaryStatistics summary = IntStream.of(counts).summaryStatistics();
    return new StitchReport.ClassCounts(test.labels().length, summary.getMin(), summary.getMax());
  }

  private static void requireSameClasses(
      List<EncodedDataset> encoders, List<EncodedDataset> decoders) {
    LatentSpace first = decoders.get(0).train();
    Stream.of(encoders, decoders)
        .flatMap(List::stream)
        .map(EncodedDataset::test)
        .filter(test -> !test.classes().equals(first.classes()))
        .forEach(
            test -> {
              throw StitchException.badInput(
                  "data set '%s' has classes %s but '%s' has %s; stitching needs the same labels",
                  test.provenance().dataset(),
                  test.classes(),
                  first.provenance().dataset(),
                  first.classes());
            });
  }
}
