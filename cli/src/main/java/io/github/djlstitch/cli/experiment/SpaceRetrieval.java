// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.cli.experiment;

import io.github.djlstitch.core.FloatMatrix;
import io.github.djlstitch.core.measure.Spread;
import io.github.djlstitch.core.space.Anchors;
import io.github.djlstitch.core.space.LatentSpace;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Supplier;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;

/**
 * Measures one space in place of another, as they are and relative to anchors, as tables 1, 7 and 8
 * need it. Each measurement is kept, so that an interrupted run goes on. For one thread.
 */
final class SpaceRetrieval {
  static final String ABSOLUTE = "absolute";

  private static final String VERSION = "space retrieval 1"; // raised when numbers change

  private final Lab lab;
  private final List<Integer> neighbours;
  private final int anchors;
  private final long[] seeds;
  private final List<Row> rows = new ArrayList<>();
  private int done;
  private int total;

  /**
   * What was measured from one space to another.
   *
   * @param space {@code absolute}, or how the anchors were chosen
   * @param scores one a seed; none if the spaces cannot be compared
   */
  record Row(LatentSpace source, LatentSpace target, String space, List<SpaceScores> scores) {
    Spread spread(ToDoubleFunction<SpaceScores> score) {
      return Spread.of(scores.stream().mapToDouble(score).toArray());
    }

    double mean(ToDoubleFunction<SpaceScores> score) {
      return spread(score).mean();
    }
  }

  SpaceRetrieval(Lab lab, int anchors, long[] seeds) {
    this.lab = lab;
    this.neighbours = lab.neighbours(10, 5);
    this.anchors = lab.anchors(anchors);
    this.seeds = seeds.clone();
  }

  /** The numbers of neighbours, the most important first. */
  List<Integer> neighbours() {
    return neighbours;
  }

  /** How many anchors there are. */
  int anchors() {
    return anchors;
  }

  /** Measures both directions, as they are and by each choice of anchors. */
  List<Row> between(LatentSpace a, LatentSpace b, List<AnchorChoice> choices) {
    boolean comparable = a.vectors().columns() == b.vectors().columns();
    total = done + 2 * ((comparable ? 1 : 0) + choices.size() * seeds.length);
    int from = rows.size();
    for (LatentSpace[] pair : new LatentSpace[][] {{a, b}, {b, a}}) {
      rows.add(absolute(pair[0], pair[1], comparable));
      choices.forEach(choice -> rows.add(relative(pair[0], pair[1], choice)));
    }
    return List.copyOf(rows.subList(from, rows.size()));
  }

  private Row absolute(LatentSpace source, LatentSpace target, boolean comparable) {
    List<SpaceScores> scores =
        comparable
            ? List.of(
                kept(source, target, ABSOLUTE, () -> scores(source.vectors(), target.vectors())))
            : List.of();
    return new Row(source, target, ABSOLUTE, scores);
  }

  private Row relative(LatentSpace source, LatentSpace target, AnchorChoice choice) {
    List<SpaceScores> scores =
        Arrays.stream(seeds)
            .mapToObj(
                seed ->
                    kept(
                        source,
                        target,
                        "%s %d anchors seed %d".formatted(choice.name(), anchors, seed),
                        () -> relative(source, target, choice, seed)))
            .toList();
    return new Row(source, target, choice.name(), scores);
  }

  private SpaceScores relative(
      LatentSpace source, LatentSpace target, AnchorChoice choice, long seed) {
    Anchors chosen = choice.choose(source, anchors, seed);
    return scores(AnchorChoice.relative(source, chosen), AnchorChoice.relative(target, chosen));
  }

  private SpaceScores scores(FloatMatrix x, FloatMatrix y) {
    return SpaceScores.of(x, y, neighbours);
  }

  private SpaceScores kept(
      LatentSpace source, LatentSpace target, String how, Supplier<SpaceScores> measuring) {
    String recipe =
        "%s; %s to %s; %s; k %s"
            .formatted(
                VERSION, source.provenance().key(), target.provenance().key(), how, neighbours);
    List<Double> values = lab.zoo().results().get(recipe, () -> measuring.get().values());
    String task = "compare %s with %s".formatted(name(source), name(target));
    lab.progress().at(task, ++done, total);
    return SpaceScores.of(values, neighbours);
  }

  /** What a space is called in tables: its encoder, without the folder that it lies in. */
  static String name(LatentSpace space) {
    return space.provenance().encoder().replaceFirst(".*[/\\\\]", "");
  }

  /** All pairs of different spaces. */
  static List<List<LatentSpace>> pairs(List<LatentSpace> spaces) {
    return IntStream.range(0, spaces.size())
        .boxed()
        .flatMap(
            i ->
                IntStream.range(i + 1, spaces.size())
                    .mapToObj(j -> List.of(spaces.get(i), spaces.get(j))))
        .toList();
  }
}
