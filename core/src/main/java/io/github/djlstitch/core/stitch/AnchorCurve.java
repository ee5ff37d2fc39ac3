// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.core.stitch;

import io.github.djlstitch.core.Progress;
import io.github.djlstitch.core.StitchException;
import io.github.djlstitch.core.space.AnchorSelector;
import io.github.djlstitch.core.stitch.HeadRecipe.HeadSource;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * One grid for each of several numbers of anchors, with the same methods, seeds and encodings.
 * Immutable and thread-safe.
 *
 * @param reports what each number of anchors gave, by that number
 */
public record AnchorCurve(NavigableMap<Integer, StitchReport> reports) {
  /** Takes a copy. */
  public AnchorCurve {
    if (reports.isEmpty()) {
      throw StitchException.usage("a curve needs at least 1 number of anchors");
    }
    reports = Collections.unmodifiableNavigableMap(new TreeMap<>(reports));
  }

  /**
   * Runs the grid for each number of anchors, the largest first: what cannot be chosen is refused
   * at once.
   *
   * @param counts numbers of anchors, in any order
   * @param options how to stitch; {@code selector} takes the place of their choice of anchors
   * @throws StitchException (bad input) if there are fewer candidates than a number asks for
   */
  public static AnchorCurve run(
      List<EncodedDataset> encoders,
      List<EncodedDataset> decoders,
      StitchRunner.Options options,
      AnchorSelector selector,
      Collection<Integer> counts,
      HeadSource heads,
      Progress progress) {
    var reports = new TreeMap<Integer, StitchReport>();
    var ordered = new TreeSet<>(counts).descendingSet();
    for (int count : ordered) {
      var chosen = options.withAnchors(StitchRunner.AnchorChoice.by(selector, count));
      var grid = new Grid(progress, count, reports.size(), ordered.size());
      reports.put(count, StitchRunner.run(encoders, decoders, chosen, heads, grid));
    }
    return new AnchorCurve(reports);
  }

  /** Tells of a grid as of a part of the curve; all grids have as many steps. */
  private record Grid(Progress curve, int anchors, int before, int grids) implements Progress {
    @Override
    public void at(String task, long done, long total) {
      at(task, "", done, total);
    }

    @Override
    public void at(String task, String detail, long done, long total) {
      String what = anchors + " anchors" + (detail.isEmpty() ? "" : ", " + detail);
      curve.at("curve", what, before * total + done, grids * total);
    }
  }

  /** The numbers of anchors, ascending. */
  public List<Integer> counts() {
    return List.copyOf(reports.keySet());
  }

  /** Returns the report of that number of anchors, if it was run. */
  public Optional<StitchReport> at(int count) {
    return Optional.ofNullable(reports.get(count));
  }

  /** The methods that were measured, in their order. */
  public List<Method> methods() {
    return reports.lastEntry().getValue().methods();
  }
}
