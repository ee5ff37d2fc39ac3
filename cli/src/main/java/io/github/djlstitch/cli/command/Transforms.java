// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.cli.command;

import io.github.djlstitch.core.Named;
import io.github.djlstitch.core.internal.measure.SpaceTransform;
import io.github.djlstitch.core.measure.SpaceComparison;
import io.github.djlstitch.core.measure.SpaceComparison.Side;
import io.github.djlstitch.core.measure.SpaceStatistics;
import io.github.djlstitch.core.space.LatentSpace;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Transforms of all spaces but the first, told in their labels.
 *
 * @param list in the order in which they are applied
 * @param seed of the first; each later one has the next seed
 */
record Transforms(List<SpaceTransform> list, long seed) {
  List<Side> sides(List<Path> files, List<LatentSpace> spaces) {
    List<Side> sides = SpaceComparison.sides(files, spaces);
    if (list.isEmpty()) {
      return sides;
    }
    List<Side> changed = new ArrayList<>(List.of(sides.get(0)));
    sides.stream().skip(1).forEach(side -> changed.add(changed(side)));
    return changed;
  }

  private Side changed(Side side) {
    LatentSpace space = side.space();
    var vectors = space.vectors();
    for (int i = 0; i < list.size(); i++) {
      vectors = list.get(i).apply(vectors, seed + i);
    }
    String names = list.stream().map(Named::id).collect(Collectors.joining(", "));
    return new Side(
        side.label() + " (" + names + ")",
        side.file(),
        side.sha256(),
        LatentSpace.of(space.ids(), space.labels(), space.classes(), vectors, space.provenance()),
        SpaceStatistics.of(vectors));
  }
}
