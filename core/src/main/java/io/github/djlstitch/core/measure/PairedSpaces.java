// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.core.measure;

import io.github.djlstitch.core.FloatMatrix;
import io.github.djlstitch.core.StitchException;
import io.github.djlstitch.core.space.LatentSpace;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

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
