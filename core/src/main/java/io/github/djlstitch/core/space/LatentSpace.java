// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.core.space;

import io.github.djlstitch.core.FloatMatrix;
import io.github.djlstitch.core.StitchException;
import io.github.djlstitch.core.space.Anchors.Prototype;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * The embeddings of identified samples by one encoder. Immutable and thread-safe; its vectors may
 * be mapped from a file ({@link #open}).
 */
public final class LatentSpace {
  private final List<String> ids;
  private final List<String> classes;
  private final int[] labels;
  private final FloatMatrix vectors;
  private final Provenance provenance;
  private final @Nullable LatentSpace anchorSpace;
  private final Map<String, Integer> rows = new HashMap<>();

  private LatentSpace(
      List<String> ids,
      int[] labels,
      List<String> classes,
      FloatMatrix vectors,
      Provenance provenance,
      @Nullable LatentSpace anchorSpace) {
    this.anchorSpace = anchorSpace;
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
    var space = new LatentSpace(ids, labels, classes, vectors, provenance, null);
    if (space.rows.size() != ids.size()) {
      throw StitchException.badInput("latent space of %s: an id occurs twice", where);
    }
    return space;
  }

  /**
   * Opens a saved latent space; its vectors stay in the file.
   *
   * @param file {@code NAME.safetensors}, beside which its card {@code NAME.json} lies
   * @throws StitchException (verification) if the file is not the one its card describes; (bad
   *     input) if either is missing or malformed
   */
  public static LatentSpace open(Path file) {
    return LatentSpaceFile.open(file);
  }

  /** Saves it with its card, all or nothing. */
  public void save(Path file) {
    LatentSpaceFile.save(this, file);
  }

  /** The card of a latent-space file. */
  public static Path card(Path file) {
    return LatentSpaceFile.card(file);
  }

  /** A window of rows, from inclusive, to exclusive. */
  public record Rows(int from, int to) {
    /** Checks the order. */
    public Rows {
      if (from < 0 || to < from) {
        throw StitchException.usage("rows from %d to %d; expected 0 or more, ascending", from, to);
      }
    }
  }

  /** Gives the vectors of a window of rows. */
  @FunctionalInterface
  public interface VectorSource {
    /** Vectors of these rows, shape (to - from, D). */
    FloatMatrix vectors(Rows rows);
  }

  /**
   * Writes a latent space a window of rows at a time, so that its vectors are never in memory
   * together; nothing is there before all of it is.
   *
   * @param width D
   * @param source asked for the windows in order
   */
  public static void write(
      Path file,
      List<String> ids,
      int[] labels,
      List<String> classes,
      Provenance provenance,
      int width,
      VectorSource source) {
    LatentSpaceFile.write(file, ids, labels, classes, provenance, width, source);
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

  /** Returns encoder, data set and split of the vectors. */
  public Provenance provenance() {
    return provenance;
  }

  /**
   * The same vectors under other names of their encoder and data set.
   *
   * @throws StitchException (bad input) if the names stand for other vectors
   */
  public LatentSpace named(Provenance names) {
    if (!names.key().equals(provenance.key())) {
      throw StitchException.badInput(
          "vectors of '%s' on '%s' are not those of '%s' on '%s'; encode the data again",
          provenance.encoder(), provenance.dataset(), names.encoder(), names.dataset());
    }
    return new LatentSpace(ids, labels, classes, vectors, names, anchorSpace);
  }

  /** Returns true if a sample has this id. */
  public boolean contains(String id) {
    return rows.containsKey(id);
  }

  /** Returns the label index of a sample; empty if there is no such sample or it has no label. */
  public OptionalInt label(String id) {
    Integer row = rows.get(id);
    return row == null || labels.length == 0 ? OptionalInt.empty() : OptionalInt.of(labels[row]);
  }

  /**
   * Some of the samples, in the order given.
   *
   * @param chosen distinct row indices
   */
  public LatentSpace select(int[] chosen) {
    return new LatentSpace(
        IntStream.of(chosen).mapToObj(ids::get).toList(),
        labels.length == 0 ? labels : IntStream.of(chosen).map(i -> labels[i]).toArray(),
        classes,
        vectors.select(chosen),
        provenance,
        anchorSpace);
  }

  /**
   * The same samples, whose anchors come from another data set (out-of-domain anchors: Moschella et
   * al. 2023, arXiv:2209.15430, section 3).
   *
   * @param other another data set as the same encoder sees it
   * @throws StitchException (bad input) if another encoder made it
   */
  public LatentSpace withAnchorsFrom(LatentSpace other) {
    if (!other.provenance.sameNetwork(provenance)
        || !other.provenance.relative().equals(provenance.relative())) {
      throw StitchException.badInput(
          "samples of encoder '%s' cannot have anchors of encoder '%s'; each encoder embeds the"
              + " anchors itself",
          provenance.encoder(), other.provenance.encoder());
    }
    return new LatentSpace(ids, labels, classes, vectors, provenance, other);
  }

  /**
   * Returns the space that anchors are chosen from: that given to {@link #withAnchorsFrom}, or this
   * one.
   */
  public LatentSpace anchorCandidates() {
    return anchorSpace == null ? this : anchorSpace;
  }

  /** The anchors as ones of {@link #anchorCandidates}. */
  public Anchors owned(Anchors anchors) {
    return anchorSpace == null ? anchors : anchors.from(anchorSpace.provenance.datasetSha256());
  }

  /**
   * The anchors' vectors in the anchors' order, shape (M, D): those of samples as they are, those
   * of prototypes as the weighted mean of the vectors as the encoder gave them.
   *
   * @throws StitchException (bad input) naming the first anchor that is not among the samples, or
   *     if the anchors are from another data set than the one that is here
   */
  public FloatMatrix anchors(Anchors anchors) {
    LatentSpace space = anchors.source().isEmpty() ? this : foreign(anchors);
    if (anchors.prototypes().isEmpty()) {
      return space.vectors.select(anchors.ids().stream().mapToInt(space::row).toArray());
    }
    float[] means = new float[Math.multiplyExact(anchors.count(), vectors.columns())];
    for (int i = 0; i < anchors.count(); i++) {
      space.mean(anchors.get(i), means, i * vectors.columns());
    }
    return FloatMatrix.wrap(anchors.count(), vectors.columns(), means);
  }

  private LatentSpace foreign(Anchors anchors) {
    String known = anchorSpace == null ? "" : anchorSpace.provenance.datasetSha256();
    anchors.requireFrom(known, anchorCandidates().provenance.dataset());
    return anchorCandidates();
  }

  int row(String id) {
    Integer row = rows.get(id);
    if (row == null) {
      throw StitchException.badInput(
          "anchor '%s' is not among the %d %s samples of '%s';"
              + " use the data set that the anchors were chosen from",
          id, ids.size(), provenance.split(), provenance.dataset());
    }
    return row;
  }

  private void mean(Prototype prototype, float[] target, int offset) {
    double[] sum = new double[vectors.columns()];
    for (int i = 0; i < prototype.ids().size(); i++) {
      float[] vector = vectors.row(row(prototype.ids().get(i)));
      double weight = prototype.weights().get(i);
      for (int j = 0; j < sum.length; j++) {
        sum[j] += weight * vector[j];
      }
    }
    for (int j = 0; j < sum.length; j++) {
      target[offset + j] = (float) sum[j];
    }
  }
}
