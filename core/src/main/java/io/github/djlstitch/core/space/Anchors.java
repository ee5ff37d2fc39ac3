// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.core.space;

import com.google.gson.JsonObject;
import io.github.djlstitch.core.StitchException;
import io.github.djlstitch.core.internal.file.JsonCard;
import io.github.djlstitch.core.internal.file.Sha256;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;

/**
 * The parallel anchors: samples, or prototypes made of samples, in order, the same for every
 * encoder. Each encoder embeds them itself. Immutable and thread-safe.
 *
 * @param ids sample ids of the train split; of prototypes, the ids of their first samples
 * @param prototypes as many as ids; empty if every anchor is a sample
 * @param source digest of the data set that the ids belong to, if it is another one than that of
 *     the samples ({@link LatentSpace#withAnchorsFrom}); else empty
 * @param strategy how they were chosen, for example {@code uniform}
 * @param seed of the choice
 */
public record Anchors(
    List<String> ids, List<Prototype> prototypes, String source, String strategy, long seed) {
  /** Takes copies and checks that the prototypes are those of the ids. */
  public Anchors {
    ids = List.copyOf(ids);
    prototypes =
        prototypes.stream().allMatch(Prototype::isSample) ? List.of() : List.copyOf(prototypes);
    if (!prototypes.isEmpty()
        && !ids.equals(prototypes.stream().map(prototype -> prototype.ids().get(0)).toList())) {
      throw StitchException.badInput(
          "%d anchors are not named after the first samples of their %d prototypes",
          ids.size(), prototypes.size());
    }
  }

  /** Samples of the data set itself. */
  public Anchors(List<String> ids, String strategy, long seed) {
    this(ids, List.of(), "", strategy, seed);
  }

  /** Weighted means of samples of the data set itself. */
  public static Anchors ofPrototypes(List<Prototype> prototypes, String strategy, long seed) {
    List<String> names = prototypes.stream().map(prototype -> prototype.ids().get(0)).toList();
    return new Anchors(names, prototypes, "", strategy, seed);
  }

  /** The same anchors as samples of another data set, by its digest. */
  public Anchors from(String datasetSha256) {
    return new Anchors(ids, prototypes, datasetSha256, strategy, seed);
  }

  /**
   * Loads anchors from a {@code .json} file, or from a list of ids, one a line; those of a list
   * have the strategy {@code file} and the seed 0.
   *
   * @throws StitchException (verification) if the anchors are not those of the file's digest; (bad
   *     input) if the file cannot be read, is malformed, empty or lists an id twice
   */
  public static Anchors load(Path file) {
    return AnchorsFile.load(file);
  }

  /** Saves them as a {@code .json} file, all or nothing. */
  public void save(Path file) {
    AnchorsFile.save(this, file);
  }

  /** The fields as they stand in a file of their own or in that of a head or a space card. */
  public JsonObject toJson() {
    return AnchorsFile.write(this);
  }

  /** Reads the fields of {@link #toJson}; the digest is left to the caller. */
  public static Anchors read(JsonCard card) {
    return AnchorsFile.read(card);
  }

  /** Returns the number of anchors, M. */
  public int count() {
    return ids.size();
  }

  /** Returns the ids of all samples that the anchors are made of, each once, in order. */
  public List<String> samples() {
    return prototypes.isEmpty()
        ? ids
        : prototypes.stream().flatMap(prototype -> prototype.ids().stream()).distinct().toList();
  }

  /** The anchor at a place, a sample as the prototype of itself. */
  public Prototype get(int index) {
    return prototypes.isEmpty() ? Prototype.of(ids.get(index)) : prototypes.get(index);
  }

  /**
   * Digest of the ids in order, with the weights of prototypes and the data set if it is another
   * one; how the anchors were chosen does not count.
   */
  public String sha256() {
    var digest = Sha256.builder();
    ids.forEach(digest::add);
    if (!prototypes.isEmpty()) {
      digest.add("prototypes");
      prototypes.forEach(prototype -> add(digest, prototype));
    }
    if (!source.isEmpty()) {
      digest.add("source").add(source);
    }
    return digest.hex();
  }

  private static void add(Sha256 digest, Prototype prototype) {
    digest.add(prototype.ids().size());
    for (int i = 0; i < prototype.ids().size(); i++) {
      digest.add(prototype.ids().get(i));
      digest.add(Double.doubleToLongBits(prototype.weights().get(i)));
    }
  }

  /**
   * An anchor that is the weighted mean of samples. The same samples with the same weights make it
   * in every space. Immutable and thread-safe.
   *
   * @param ids distinct sample ids, at least one; the first one names the prototype
   * @param weights as many, above 0, with sum 1
   */
  public record Prototype(List<String> ids, List<Double> weights) {
    private static final double ROUNDING = 1e-9;

    /** Takes copies and checks them. */
    public Prototype {
      ids = List.copyOf(ids);
      weights = List.copyOf(weights);
      double sum = weights.stream().mapToDouble(w -> w).sum();
      boolean positive = weights.stream().allMatch(w -> w > 0);
      if (ids.isEmpty()
          || ids.size() != weights.size()
          || !positive
          || !(Math.abs(sum - 1) <= ROUNDING)) {
        throw StitchException.badInput(
            "a prototype needs ids and as many weights above 0 with sum 1 but got %d ids and %d"
                + " weights with sum %s",
            ids.size(), weights.size(), sum);
      }
      if (new HashSet<>(ids).size() < ids.size()) {
        throw StitchException.badInput("prototype '%s' has a sample twice", ids.get(0));
      }
    }

    /** A sample itself. */
    public static Prototype of(String id) {
      return new Prototype(List.of(id), List.of(1.0));
    }

    boolean isSample() {
      return ids.size() == 1;
    }
  }

  /**
   * Checks that anchors that name the data set they are samples of get that one.
   *
   * @param sha256 digest of the data set that is there
   * @param dataset its name
   * @throws StitchException (bad input) if they name another one
   */
  public void requireFrom(String sha256, String dataset) {
    if (!source.isEmpty() && !source.equals(sha256)) {
      throw StitchException.badInput(
          "the anchors are samples of another data set (sha256 %.12s) than '%s'; give the one that"
              + " they were chosen from (--anchors-from)",
          source, dataset);
    }
  }
}
