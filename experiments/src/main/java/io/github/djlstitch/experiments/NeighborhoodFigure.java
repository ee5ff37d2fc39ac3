// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.experiments;

import io.github.djlstitch.core.FloatMatrix;
import io.github.djlstitch.core.internal.measure.RowCosines;
import io.github.djlstitch.core.internal.random.RandomOrder;
import io.github.djlstitch.core.space.Anchors;
import io.github.djlstitch.core.space.LatentSpace;
import io.github.djlstitch.core.view.Projection;
import io.github.djlstitch.report.Figure;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** Two spaces of the same samples in the plane, absolute and relative, some groups in colors. */
final class NeighborhoodFigure {
  private static final int GROUPS = 4;
  private static final int MEMBERS = 200;
  private static final double PERPLEXITY = 30;

  private NeighborhoodFigure() {}

  /** The 200 words nearest to each of 4 random words, of the first space. */
  static List<Figure> ofWords(LatentSpace a, LatentSpace b, int anchors, long seed) {
    Map<String, int[]> groups = new LinkedHashMap<>();
    int[] pivots = RandomOrder.uniform(a.ids().size(), GROUPS, seed);
    boolean[] taken = new boolean[a.ids().size()];
    for (int pivot : pivots) {
      groups.put(a.ids().get(pivot), nearest(a.vectors(), pivot, taken));
    }
    return of("figure10", a, b, groups, anchors, seed);
  }

  /** So many random samples of each of the first 4 classes. */
  static List<Figure> ofClasses(LatentSpace a, LatentSpace b, int anchors, long seed) {
    Map<String, int[]> groups = new LinkedHashMap<>();
    int[] labels = a.labels();
    int[] order = RandomOrder.permutation(labels.length, seed);
    for (int c = 0; c < Math.min(GROUPS, a.classes().size()); c++) {
      int label = c;
      int[] members =
          IntStream.of(order).filter(row -> labels[row] == label).limit(MEMBERS).toArray();
      groups.put(a.classes().get(c), members);
    }
    return of("figure11", a, b, groups, anchors, seed);
  }

  private static int[] nearest(FloatMatrix vectors, int pivot, boolean[] taken) {
    double[] cosines = new double[vectors.rows()];
    float[] target = vectors.row(pivot);
    for (int i = 0; i < cosines.length; i++) {
      cosines[i] = RowCosines.of(target, vectors.row(i));
    }
    int[] chosen =
        IntStream.range(0, cosines.length)
            .filter(i -> !taken[i])
            .boxed()
            .sorted(Comparator.comparingDouble(i -> -cosines[i]))
            .limit(MEMBERS)
            .mapToInt(i -> i)
            .toArray();
    IntStream.of(chosen).forEach(i -> taken[i] = true);
    return chosen;
  }

  private static List<Figure> of(
      String id, LatentSpace a, LatentSpace b, Map<String, int[]> groups, int count, long seed) {
    int[] rows = groups.values().stream().flatMapToInt(IntStream::of).toArray();
    Anchors anchors = AnchorStrategy.UNIFORM.choose(a, count, seed);
    String left = RetrievalStudy.name(a);
    String right = RetrievalStudy.name(b);
    List<Seen> spaces =
        List.of(
            new Seen(left + ", absolute", a.vectors().select(rows)),
            new Seen(right + ", absolute", b.vectors().select(rows)),
            new Seen(left + ", relative", AnchorStrategy.relative(a, anchors).select(rows)),
            new Seen(right + ", relative", AnchorStrategy.relative(b, anchors).select(rows)));
    List<String> names = IntStream.of(rows).mapToObj(a.ids()::get).toList();
    double perplexity = Math.min(PERPLEXITY, (rows.length - 2) / 3.0);
    List<Figure.Panel> linear = new ArrayList<>();
    List<Figure.Panel> local = new ArrayList<>();
    for (int i = 0; i < spaces.size(); i++) {
      Seen space = spaces.get(i);
      linear.add(panel(space.title(), along(spaces.get(i - i % 2), space), names, groups));
      FloatMatrix places = Projection.tsne(space.rows(), perplexity, seed);
      local.add(panel(space.title(), places, names, groups));
    }
    return figures(id, linear, local);
  }

  /** A space of a panel. */
  private record Seen(String title, FloatMatrix rows) {}

  // Along the axes of the first space, if the other one can be seen along them.
  private static FloatMatrix along(Seen first, Seen space) {
    boolean shared = first.rows().columns() == space.rows().columns();
    return Projection.pca(shared ? first.rows() : space.rows()).apply(space.rows());
  }

  private static List<Figure> figures(
      String id, List<Figure.Panel> linear, List<Figure.Panel> local) {
    return List.of(
        new Figure.Scatter(
            id + "-pca",
            "Two spaces along two principal axes",
            "Axes are those of the first space of a row where widths agree: points elsewhere in"
                + " the second show another space.",
            2,
            linear),
        new Figure.Scatter(
            id + "-tsne",
            "Two spaces by t-SNE",
            "Each panel by itself; only who is near whom has a meaning.",
            2,
            local));
  }

  private static Figure.Panel panel(
      String title, FloatMatrix plane, List<String> names, Map<String, int[]> groups) {
    List<Figure.Group> colored = new ArrayList<>();
    int[] row = {0};
    groups.forEach(
        (name, members) -> {
          List<Figure.Point> points = new ArrayList<>();
          for (int i = 0; i < members.length; i++, row[0]++) {
            points.add(
                new Figure.Point(plane.get(row[0], 0), plane.get(row[0], 1), names.get(row[0])));
          }
          colored.add(new Figure.Group(name, points));
        });
    return new Figure.Panel(title, "", "", colored);
  }
}
