// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.cli.experiment;

import io.github.djlstitch.cli.report.Figure;
import io.github.djlstitch.core.FloatMatrix;
import io.github.djlstitch.core.space.Anchors;
import io.github.djlstitch.core.space.LatentSpace;
import io.github.djlstitch.core.space.RandomOrder;
import io.github.djlstitch.core.view.PrincipalAxes;
import io.github.djlstitch.core.view.Projection;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** Two spaces of the same samples in the plane, absolute and relative, some groups in colours. */
final class NeighbourhoodFigure {
  private static final int GROUPS = 4;
  private static final int MEMBERS = 200;
  private static final double PERPLEXITY = 30;

  private NeighbourhoodFigure() {}

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
      cosines[i] = Cosines.of(target, vectors.row(i));
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
    Anchors anchors = AnchorWay.UNIFORM.choose(a, count, seed);
    String left = RetrievalStudy.name(a);
    String right = RetrievalStudy.name(b);
    Map<String, FloatMatrix> spaces = new LinkedHashMap<>();
    spaces.put(left + ", absolute", a.vectors().select(rows));
    spaces.put(right + ", absolute", b.vectors().select(rows));
    spaces.put(left + ", relative", AnchorWay.relative(a, anchors).select(rows));
    spaces.put(right + ", relative", AnchorWay.relative(b, anchors).select(rows));
    List<String> names = IntStream.of(rows).mapToObj(a.ids()::get).toList();
    List<Figure.Panel> linear = new ArrayList<>();
    List<Figure.Panel> local = new ArrayList<>();
    List<PrincipalAxes> axes = new ArrayList<>();
    spaces.forEach(
        (title, space) -> {
          boolean second = axes.size() % 2 == 1;
          FloatMatrix earlier = spaces.get(first(title, left, right));
          boolean same = second && earlier != null && earlier.columns() == space.columns();
          axes.add(same ? axes.get(axes.size() - 1) : Projection.pca(space));
          FloatMatrix plane = axes.get(axes.size() - 1).apply(space);
          linear.add(panel(title, plane, names, groups));
          double perplexity = Math.min(PERPLEXITY, (rows.length - 2) / 3.0);
          local.add(panel(title, Projection.tsne(space, perplexity, seed), names, groups));
        });
    return List.of(
        new Figure.Scatter(
            id + "-pca",
            "Two spaces along two principal axes",
            "Axes are those of the first space of a row where widths agree: what lies elsewhere in"
                + " the second is another space.",
            2,
            linear),
        new Figure.Scatter(
            id + "-tsne",
            "Two spaces by t-SNE",
            "Each panel by itself; only who is near whom has a meaning.",
            2,
            local));
  }

  private static String first(String title, String left, String right) {
    return title.startsWith(right) ? left + title.substring(right.length()) : title;
  }

  private static Figure.Panel panel(
      String title, FloatMatrix plane, List<String> names, Map<String, int[]> groups) {
    List<Figure.Group> coloured = new ArrayList<>();
    int[] row = {0};
    groups.forEach(
        (name, members) -> {
          List<Figure.Point> points = new ArrayList<>();
          for (int i = 0; i < members.length; i++, row[0]++) {
            points.add(
                new Figure.Point(plane.get(row[0], 0), plane.get(row[0], 1), names.get(row[0])));
          }
          coloured.add(new Figure.Group(name, points));
        });
    return new Figure.Panel(title, "", "", coloured);
  }
}
