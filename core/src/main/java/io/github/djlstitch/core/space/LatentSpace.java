// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.core.space;

import io.github.djlstitch.core.FloatMatrix;
import io.github.djlstitch.core.StitchException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The embeddings of identified samples by one encoder. Immutable and thread-safe; its vectors may
 * be mapped from a file ({@link LatentSpaceFile}).
 */
public final class LatentSpace {
  private final List<String> ids;
  private final List<String> classes;
  private final int[] labels;
  private final FloatMatrix vectors;
  private final Provenance provenance;
  private final Map<String, Integer> rows = new HashMap<>();

  private LatentSpace(
      List<String> ids,
      int[] labels,
      List<String> classes,
      FloatMatrix vectors,
      Provenance provenance) {
    this.ids = List.copyOf(ids);
    this.labels = labels.clone();
    this.classes = List.copyOf(classes);
    this.vectors = vectors;
    this.provenance = provenance;
    for (int i = 0; i < ids.size(); i++) {
      rows.put(ids.get(i), i);
    }
  }

  /**
   * A latent space, checked.
   *
   * @param ids N sample ids
   * @param labels N label indices, or none
   * @param classes class names in the order of the indices; empty without labels
   * @param vectors shape (N, D), all finite
   * @throws StitchException (bad input) if the numbers of rows differ, an id occurs twice, a label
   *     has no class or a value is not finite
   */
  public static LatentSpace of(
      List<String> ids,
      int[] labels,
      List<String> classes,
      FloatMatrix vectors,
      Provenance provenance) {
    String where = provenance.encoder() + " on " + provenance.dataset();
    if (ids.size() != vectors.rows() || (labels.length != 0 && labels.length != ids.size())) {
      throw StitchException.badInput(
          "latent space of %s: %d vectors need as many ids and labels but got %d and %d",
          where, vectors.rows(), ids.size(), labels.length);
    }
    for (int label : labels) {
      if (label < 0 || label >= classes.size()) {
        throw StitchException.badInput(
            "latent space of %s: label index %d, expected 0 to %d",
            where, label, classes.size() - 1);
      }
    }
    vectors
        .firstNonFiniteRow()
        .ifPresent(
            row -> {
              throw StitchException.badInput(
                  "latent space of %s: row %d (id '%s') has a value that is not finite;"
                      + " encode the data again",
                  where, row, ids.get(row));
            });
    var space = new LatentSpace(ids, labels, classes, vectors, provenance);
    if (space.rows.size() != ids.size()) {
      throw StitchException.badInput("latent space of %s: an id occurs twice", where);
    }
    return space;
  }

  /** Sample ids, in the order of the rows. */
  public List<String> ids() {
    return ids;
  }

  /** A copy of the label indices, in the order of the rows; empty if there are none. */
  public int[] labels() {
    return labels.clone();
  }

  /** Class names in the order of the label indices. */
  public List<String> classes() {
    return classes;
  }

  /** The vectors, shape (N, D). */
  public FloatMatrix vectors() {
    return vectors;
  }

  /** Where the vectors came from. */
  public Provenance provenance() {
    return provenance;
  }

  /** Whether there is a sample with this id. */
  public boolean contains(String id) {
    return rows.containsKey(id);
  }

  /**
   * The anchors' vectors in the anchors' order, shape (M, D).
   *
   * @throws StitchException (bad input) naming the first anchor that is not among the samples
   */
  public FloatMatrix anchors(Anchors anchors) {
    int[] chosen =
        anchors.ids().stream()
            .mapToInt(
                id -> {
                  Integer row = rows.get(id);
                  if (row == null) {
                    throw StitchException.badInput(
                        "anchor '%s' is not among the %d %s samples of '%s';"
                            + " use the data set that the anchors were chosen from",
                        id, ids.size(), provenance.split(), provenance.dataset());
                  }
                  return row;
                })
            .toArray();
    return vectors.select(chosen);
  }
}
