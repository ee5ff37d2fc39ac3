// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.experiments;

import io.github.djlstitch.core.FloatMatrix;
import io.github.djlstitch.core.internal.measure.RowCosines;
import io.github.djlstitch.core.measure.Metric;
import io.github.djlstitch.core.measure.Resampling;
import io.github.djlstitch.core.measure.Resampling.Answers;
import io.github.djlstitch.core.measure.Spread;
import io.github.djlstitch.core.relative.SpaceCodec;
import io.github.djlstitch.core.relative.Subspaces;
import io.github.djlstitch.core.stitch.Decoder;
import io.github.djlstitch.decoders.HeadOptions;
import io.github.djlstitch.report.Cell;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Every encoder into every other one's head by inverse relative projection and beside it. */
final class IrpGrid {
  private static final int OMEGA = Subspaces.PUBLISHED_OMEGA;
  private static final double[] OTHER_DELTAS = {.5, .85}; // for the correlation

  private final double delta;
  private final Map<Way, List<Answers>> scores = new EnumMap<>(Way.class);
  private final List<Point> points = new ArrayList<>();
  private double chance;
  private int seeds;

  /** Ways of carrying vectors to a head. */
  enum Way {
    /** By IRP with the published delta. */
    PUBLISHED,
    /** By IRP with delta and omega chosen on the head's space. */
    CHOSEN,
    /** Unchanged. */
    ABSOLUTE,
    /** By our default codec. */
    AUTO,
    /** Vectors of the head's own encoder. */
    OWN
  }

  /** One stitching by IRP. */
  record Point(String label, double similarity, double accuracy) {}

  IrpGrid(double delta) {
    this.delta = delta;
  }

  void measure(Lab lab, String data, List<IrpSpace> spaces, HeadOptions heads, long seed) {
    seeds++;
    chance = spaces.get(0).chance();
    long done = 0;
    for (IrpSpace target : spaces) {
      Decoder head = target.head(lab.zoo().heads(heads), heads.head(), seed);
      add(Way.OWN, target.answers(head, target.own()));
      codec(target, spaces, head, target.prune(delta, OMEGA, seed), Way.PUBLISHED);
      codec(target, spaces, head, target.prune(seed), Way.CHOSEN);
      for (double other : OTHER_DELTAS) {
        irp(target, spaces, head, target.prune(other, OMEGA, seed));
      }
      for (IrpSpace source : spaces) {
        if (!source.is(target)) {
          add(Way.AUTO, target.answers(head, target.byAutomaticCodec(source)));
          absolute(source, target, head);
        }
      }
      lab.progress().at("stitch " + data, ++done, spaces.size());
    }
  }

  private void absolute(IrpSpace source, IrpSpace target, Decoder head) {
    if (source.width() == target.width()) {
      add(Way.ABSOLUTE, target.answers(head, source.own()));
    }
  }

  private void codec(
      IrpSpace target, List<IrpSpace> spaces, Decoder head, Subspaces kept, Way way) {
    irp(target, spaces, head, kept).forEach(answers -> add(way, answers));
  }

  private List<Answers> irp(IrpSpace target, List<IrpSpace> spaces, Decoder head, Subspaces kept) {
    SpaceCodec codec = target.irp(kept);
    List<Answers> found = new ArrayList<>();
    for (IrpSpace source : spaces) {
      if (!source.is(target)) {
        FloatMatrix carried = codec.fromRelative(source.codes());
        Answers answers = target.answers(head, carried);
        double accuracy = answers.score(Metric.ACCURACY);
        found.add(answers);
        String label =
            String.format(
                Locale.ROOT,
                "%s to %s, delta %.2f, omega %d",
                source.name(),
                target.name(),
                kept.delta(),
                kept.omega());
        points.add(new Point(label, RowCosines.mean(carried, target.own()), accuracy));
      }
    }
    return found;
  }

  private void add(Way way, Answers answers) {
    scores(way).add(answers);
  }

  private List<Answers> scores(Way way) {
    return scores.computeIfAbsent(way, w -> new ArrayList<>());
  }

  double delta() {
    return delta;
  }

  double chance() {
    return chance;
  }

  int seeds() {
    return seeds;
  }

  List<Point> points() {
    return List.copyOf(points);
  }

  double[] values(Way way) {
    return scores(way).stream().mapToDouble(a -> a.score(Metric.ACCURACY)).toArray();
  }

  /** Mean and spread over the pairs, with the interval of the mean over test samples. */
  Cell cell(Way way) {
    List<Answers> answers = scores(way);
    if (answers.isEmpty()) {
      return Cell.absent();
    }
    var interval = Resampling.DEFAULT.interval(Metric.ACCURACY, answers);
    return Cell.of(Spread.of(values(way))).within(interval.low(), interval.high());
  }
}
