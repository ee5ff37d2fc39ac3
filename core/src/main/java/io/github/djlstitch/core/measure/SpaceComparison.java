// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.core.measure;

import io.github.djlstitch.core.FloatMatrix;
import io.github.djlstitch.core.Progress;
import io.github.djlstitch.core.StitchException;
import io.github.djlstitch.core.internal.file.Sha256;
import io.github.djlstitch.core.measure.Measured.PairingTest;
import io.github.djlstitch.core.space.LatentSpace;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * Measures of all pairs of latent-space files.
 *
 * @param sides the files, at least two, in the order given
 * @param measures the measures asked for; a pair of other widths may have fewer
 * @param resampling how values were tested
 * @param pairs each side with each later one
 * @param notes samples and measures that were left out, one line each
 * @param seconds the time it took
 */
public record SpaceComparison(
    List<Side> sides,
    List<SpaceMeasure> measures,
    Resampling resampling,
    List<Pair> pairs,
    List<String> notes,
    double seconds) {
  private static final int STEPS_A_REPORT = 10;

  /** Takes copies of the lists. */
  public SpaceComparison {
    sides = List.copyOf(sides);
    measures = List.copyOf(measures);
    pairs = List.copyOf(pairs);
    notes = List.copyOf(notes);
  }

  /**
   * One of the files.
   *
   * @param label unique among the sides: encoder, file name or path, whatever tells them apart
   * @param file the file
   * @param sha256 digest of its bytes
   * @param space what is in it
   * @param numbers statistics of its vectors
   */
  public record Side(
      String label, Path file, String sha256, LatentSpace space, SpaceStatistics numbers) {}

  /**
   * Two of them.
   *
   * @param a the first
   * @param b the second
   * @param samples those that both have
   * @param forward the first compared with the second
   * @param backward the second with the first, for measures that differ
   */
  public record Pair(
      Side a, Side b, PairedSpaces samples, List<Measured> forward, List<Measured> backward) {
    /** Takes copies of the lists. */
    public Pair {
      forward = List.copyOf(forward);
      backward = List.copyOf(backward);
    }

    /**
     * Returns false if the pairing is no better than random ones by the tests of all measures
     * together; true if it is, or if nothing was tested.
     */
    public boolean isAligned() {
      return PairingTest.pValue(forward).orElse(0) <= PairingTest.LEVEL;
    }
  }

  /** Compares all pairs; measures that do not go with a pair's widths are left out if lenient. */
  public static SpaceComparison run(
      List<Side> sides,
      List<SpaceMeasure> measures,
      boolean lenient,
      Resampling resampling,
      Progress progress) {
    long start = System.nanoTime();
    var notes = new LinkedHashSet<String>();
    var tracker = new Tracker(sides.size(), measures.size(), resampling, progress);
    List<Pair> pairs = new ArrayList<>();
    for (int i = 0; i < sides.size(); i++) {
      for (int j = i + 1; j < sides.size(); j++) {
        Side a = sides.get(i);
        Side b = sides.get(j);
        List<SpaceMeasure> fitting = fitting(a, b, measures, lenient, notes);
        var samples = PairedSpaces.of(a.space(), b.space());
        noteDropped(a, b, samples, notes);
        noteAmbiguity(a, b, samples, fitting, notes);
        pairs.add(compare(a, b, samples, fitting, sides.size() > 2, resampling, tracker));
      }
    }
    double seconds = (System.nanoTime() - start) / 1e9;
    return new SpaceComparison(sides, measures, resampling, pairs, List.copyOf(notes), seconds);
  }

  private static Pair compare(
      Side a,
      Side b,
      PairedSpaces samples,
      List<SpaceMeasure> measures,
      boolean bothWays,
      Resampling resampling,
      Tracker tracker) {
    List<Measured> forward =
        measures.stream()
            .map(m -> resampling.measure(m, samples.x(), samples.y(), tracker))
            .toList();
    List<Measured> backward =
        measures.stream()
            .filter(m -> bothWays && !m.kind().isSymmetric())
            .map(m -> resampling.measure(m, samples.y(), samples.x(), tracker))
            .toList();
    return new Pair(a, b, samples, forward, backward);
  }

  private static List<SpaceMeasure> fitting(
      Side a, Side b, List<SpaceMeasure> measures, boolean lenient, Set<String> notes) {
    var axes = SharedAxes.of(a, b);
    boolean shared =
        measures.stream().noneMatch(m -> m.kind().needsSharedFrame()) || axes.areShared();
    if (shared) {
      axes.remark().ifPresent(notes::add);
    } else if (lenient) {
      notes.add(axes.fault() + ", so measures of coordinates were left out");
    } else {
      axes.requireSameAnchors(); // the first that compares coordinates refuses widths that differ
    }
    if (!lenient) {
      return measures;
    }
    int widest = Math.max(a.numbers().width(), b.numbers().width());
    return measures.stream()
        .filter(m -> (shared || !m.kind().needsSharedFrame()) && !tooWide(m, widest, notes))
        .toList();
  }

  private static boolean tooWide(SpaceMeasure measure, int width, Set<String> notes) {
    int most = measure.kind().mostColumns();
    if (width > most) {
      notes.add(
          String.format(
              Locale.ROOT,
              "%s was left out: it compares at most %d axes, and there are %d",
              measure.id(),
              most,
              width));
    }
    return width > most;
  }

  private static void noteDropped(Side a, Side b, PairedSpaces samples, Set<String> notes) {
    if (samples.droppedX() + samples.droppedY() > 0) {
      notes.add(
          String.format(
              Locale.ROOT,
              "%s and %s share %d samples; left out: %d of %s, %d of %s",
              a.label(),
              b.label(),
              samples.ids().size(),
              samples.droppedX(),
              a.label(),
              samples.droppedY(),
              b.label()));
    }
  }

  private static void noteAmbiguity(
      Side a, Side b, PairedSpaces samples, List<SpaceMeasure> measures, Set<String> notes) {
    if (measures.stream().anyMatch(m -> m.kind() == MeasureKind.PWCCA)) {
      CanonicalMeans.ambiguity(samples.x(), samples.y())
          .ifPresent(why -> notes.add("pwcca of " + a.label() + " and " + b.label() + " " + why));
    }
  }

  /** The spaces of these files, with labels and statistics. */
  public static List<Side> sides(List<Path> files, List<LatentSpace> spaces) {
    List<String> labels = labels(files, spaces);
    List<Side> sides = new ArrayList<>();
    for (int i = 0; i < files.size(); i++) {
      LatentSpace space = spaces.get(i);
      sides.add(
          new Side(
              labels.get(i),
              files.get(i),
              digest(files.get(i)),
              space,
              SpaceStatistics.of(space.vectors())));
    }
    return sides;
  }

  // The shortest kind of name that tells all of them apart.
  private static List<String> labels(List<Path> files, List<LatentSpace> spaces) {
    List<Function<Integer, String>> kinds =
        List.of(
            i -> spaces.get(i).provenance().encoder(),
            i -> stem(files.get(i)),
            i -> files.get(i).toString());
    for (var kind : kinds) {
      List<String> labels = new ArrayList<>();
      for (int i = 0; i < files.size(); i++) {
        labels.add(kind.apply(i));
      }
      if (Set.copyOf(labels).size() == labels.size()) {
        return labels;
      }
    }
    List<String> numbered = new ArrayList<>();
    for (int i = 0; i < files.size(); i++) {
      numbered.add((i + 1) + ":" + stem(files.get(i)));
    }
    return numbered;
  }

  private static String stem(Path file) {
    return LatentSpace.card(file).getFileName().toString().replaceFirst("\\.json$", "");
  }

  private static String digest(Path file) {
    try {
      return Sha256.ofFile(file);
    } catch (IOException e) {
      throw StitchException.badInput("cannot read '%s': %s", file, e.getMessage()).because(e);
    }
  }

  /** The pair's names and common p-value, for a verdict. */
  public String verdict(Pair pair) {
    return String.format(
        Locale.ROOT,
        "%s and %s (p = %.3f)",
        pair.a().label(),
        pair.b().label(),
        PairingTest.pValue(pair.forward()).orElse(1));
  }

  /** The result for one measure from the first file to the second. */
  public Optional<Measured> find(Side from, Side to, SpaceMeasure measure) {
    for (Pair pair : pairs) {
      boolean same = pair.a().equals(from) && pair.b().equals(to);
      boolean reversed = pair.a().equals(to) && pair.b().equals(from);
      List<Measured> found = same ? pair.forward() : reversed ? pair.backward() : List.of();
      for (Measured measured : found) {
        if (measured.measure().equals(measure)) {
          return Optional.of(measured);
        }
      }
    }
    return Optional.empty();
  }

  /** Counts permutations and draws. */
  private static final class Tracker implements Runnable {
    private final Progress progress;
    private final long total;
    private long done;

    Tracker(int sides, int measures, Resampling resampling, Progress progress) {
      this.progress = progress;
      long steps = (long) resampling.permutations() + resampling.draws();
      this.total = steps * measures * sides * (sides - 1) / 2;
    }

    @Override
    public void run() {
      done++;
      if (done % STEPS_A_REPORT == 0) {
        progress.at("compare", Math.min(done, total), total);
      }
    }
  }

  /**
   * The vectors of the samples that two spaces share, paired by id in the order of the first.
   *
   * @param ids shared sample ids
   * @param x their vectors in the first space, (N, D)
   * @param y their vectors in the second space, (N, E)
   * @param droppedX samples of the first space that the second has not
   * @param droppedY samples of the second space that the first has not
   */
  public record PairedSpaces(
      List<String> ids, FloatMatrix x, FloatMatrix y, int droppedX, int droppedY) {
    /** The fewest shared samples that can be measured. */
    public static final int FEWEST = 4;

    /** Takes a copy of the ids and checks that each has a row in both spaces. */
    public PairedSpaces {
      ids = List.copyOf(ids);
      if (x.rows() != ids.size() || y.rows() != ids.size()) {
        throw StitchException.badInput(
            "%d shared ids do not go with %d and %d vectors", ids.size(), x.rows(), y.rows());
      }
    }

    /**
     * Pairs two spaces.
     *
     * @throws StitchException (bad input) if they share fewer than {@link #FEWEST} samples
     */
    public static PairedSpaces of(LatentSpace a, LatentSpace b) {
      if (a.ids().equals(b.ids())) {
        requireEnough(a, b, a.ids().size());
        return new PairedSpaces(a.ids(), a.vectors(), b.vectors(), 0, 0);
      }
      Map<String, Integer> rowsOfA = rows(a);
      Map<String, Integer> rowsOfB = rows(b);
      List<String> shared = a.ids().stream().filter(b::contains).toList();
      requireEnough(a, b, shared.size());
      return new PairedSpaces(
          shared,
          a.vectors().select(shared.stream().mapToInt(rowsOfA::get).toArray()),
          b.vectors().select(shared.stream().mapToInt(rowsOfB::get).toArray()),
          a.ids().size() - shared.size(),
          b.ids().size() - shared.size());
    }

    private static Map<String, Integer> rows(LatentSpace space) {
      Map<String, Integer> rows = new HashMap<>();
      space.ids().forEach(id -> rows.put(id, rows.size()));
      return rows;
    }

    private static void requireEnough(LatentSpace a, LatentSpace b, int shared) {
      if (shared < FEWEST) {
        throw StitchException.badInput(
            "%s and %s share %d sample ids, expected at least %d: one has ids like '%s', the other"
                + " like '%s'; encode the same data with both",
            name(a), name(b), shared, FEWEST, a.ids().get(0), b.ids().get(0));
      }
    }

    private static String name(LatentSpace space) {
      var from = space.provenance();
      return from.encoder() + " on " + from.dataset() + " (" + from.split() + ")";
    }
  }
}
