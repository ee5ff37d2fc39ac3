// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.cli.experiment;

import io.github.djlstitch.cli.report.Figure;
import io.github.djlstitch.core.FloatMatrix;
import io.github.djlstitch.core.measure.Retrieval;
import io.github.djlstitch.core.space.Anchors;
import io.github.djlstitch.core.space.LatentSpace;
import io.github.djlstitch.core.view.PrincipalAxes;
import io.github.djlstitch.core.view.Projection;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * Figures 10 and 11: four groups of samples in two spaces, as they are and relative to the same
 * anchors.
 *
 * @param source the first space
 * @param target the second one
 * @param groups rows by name
 */
record Neighbourhoods(LatentSpace source, LatentSpace target, Map<String, int[]> groups) {
  private static final int GROUPS = 4;
  private static final int MEMBERS = 200;
  private static final double PERPLEXITY = 30;

  /** Two sets of places, of the first and of the second space. */
  private record Places(FloatMatrix first, FloatMatrix second) {}

  /** Words drawn at random, each with its nearest ones in the first space; none in two groups. */
  static Neighbourhoods ofWords(LatentSpace source, LatentSpace target, long seed) {
    int words = source.ids().size();
    int members = Math.min(MEMBERS, words / GROUPS);
    int[] pivots = new Random(seed).ints(0, words).distinct().limit(GROUPS).toArray();
    int[][] nearest =
        Retrieval.nearest(source.vectors().select(pivots), source.vectors(), GROUPS * members);
    Map<String, int[]> groups = new LinkedHashMap<>();
    Set<Integer> taken = new HashSet<>();
    for (int i = 0; i < pivots.length; i++) {
      int[] rows = Arrays.stream(nearest[i]).filter(r -> !taken.contains(r)).toArray();
      rows = Arrays.copyOf(rows, Math.min(members, rows.length));
      Arrays.stream(rows).forEach(taken::add);
      groups.put(source.ids().get(pivots[i]), rows);
    }
    return new Neighbourhoods(source, target, groups);
  }

  /** Samples drawn at random of the first four classes. */
  static Neighbourhoods ofClasses(LatentSpace source, LatentSpace target, long seed) {
    var random = new Random(seed);
    int[] labels = source.labels();
    Map<String, int[]> groups = new LinkedHashMap<>();
    for (int c = 0; c < Math.min(GROUPS, source.classes().size()); c++) {
      int label = c;
      int[] rows = IntStream.range(0, labels.length).filter(r -> labels[r] == label).toArray();
      int members = Math.min(MEMBERS, rows.length);
      int[] drawn = random.ints(0, Math.max(1, rows.length)).distinct().limit(members).toArray();
      groups.put(source.classes().get(c), Arrays.stream(drawn).map(i -> rows[i]).toArray());
    }
    return new Neighbourhoods(source, target, groups);
  }

  /** The principal plane and t-SNE, four panels each. */
  List<Figure> figures(String id, Anchors anchors, long seed) {
    String what = SpaceRetrieval.name(source) + " and " + SpaceRetrieval.name(target);
    return List.of(
        new Figure.Scatter(
            id + "-pca",
            "Principal plane: " + what,
            "Both spaces along the first one's principal axes, each along its own where widths"
                + " differ. Absolute spaces do not fit; relative ones show the same picture.",
            2,
            panels(anchors, Neighbourhoods::alongAxes)),
        new Figure.Scatter(
            id + "-tsne",
            "t-SNE: " + what,
            "Both spaces in one embedding, apart where widths differ. Only who is near whom has a"
                + " meaning.",
            2,
            panels(anchors, (x, y) -> embedded(x, y, seed))));
  }

  private List<Figure.Panel> panels(Anchors anchors, PlaceFinder finder) {
    int[] rows = groups.values().stream().flatMapToInt(Arrays::stream).toArray();
    Places absolute = finder.find(source.vectors().select(rows), target.vectors().select(rows));
    Places relative =
        finder.find(
            AnchorChoice.relative(source, anchors).select(rows),
            AnchorChoice.relative(target, anchors).select(rows));
    return List.of(
        panel(source, "absolute", absolute.first()),
        panel(target, "absolute", absolute.second()),
        panel(source, "relative", relative.first()),
        panel(target, "relative", relative.second()));
  }

  /** Finds places in the plane for the rows of two spaces. */
  private interface PlaceFinder {
    Places find(FloatMatrix x, FloatMatrix y);
  }

  private static Places alongAxes(FloatMatrix x, FloatMatrix y) {
    PrincipalAxes axes = Projection.pca(x);
    boolean same = x.columns() == y.columns();
    return new Places(axes.apply(x), (same ? axes : Projection.pca(y)).apply(y));
  }

  private static Places embedded(FloatMatrix x, FloatMatrix y, long seed) {
    if (x.columns() != y.columns()) {
      return new Places(tsne(x, seed), tsne(y, seed));
    }
    FloatMatrix both = tsne(FloatMatrix.concatRows(x, y), seed);
    return new Places(both.rowRange(0, x.rows()), both.rowRange(x.rows(), both.rows()));
  }

  private static FloatMatrix tsne(FloatMatrix rows, long seed) {
    double perplexity = Math.max(1, Math.min(PERPLEXITY, (rows.rows() - 2) / 3.0));
    return Projection.tsne(rows, perplexity, seed);
  }

  private Figure.Panel panel(LatentSpace space, String how, FloatMatrix places) {
    List<Figure.Group> drawn = new ArrayList<>();
    int row = 0;
    for (Map.Entry<String, int[]> group : groups.entrySet()) {
      List<Figure.Point> points = new ArrayList<>();
      for (int sample : group.getValue()) {
        String label = space.ids().get(sample);
        points.add(new Figure.Point(places.get(row, 0), places.get(row, 1), label));
        row++;
      }
      drawn.add(new Figure.Group(group.getKey(), points));
    }
    return new Figure.Panel(SpaceRetrieval.name(space) + ", " + how, "", "", drawn);
  }
}
