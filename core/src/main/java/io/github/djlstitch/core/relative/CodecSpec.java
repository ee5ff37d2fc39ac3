// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.core.relative;

import io.github.djlstitch.core.StitchException;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What a codec's codes mean and what it was made with.
 *
 * @param name codecs of different names do not understand each other
 * @param centering where vectors are moved to first
 * @param options the numbers it was made with, by name
 * @param subspaces which anchors it keeps, if it prunes
 */
public record CodecSpec(
    String name, Centering centering, Map<String, Double> options, Optional<Subspaces> subspaces) {
  /** Anchor coordinates. */
  public static final String COORDINATES = "coordinates";

  /** Inverse relative projection; its variants begin with this and a hyphen. */
  public static final String IRP = "irp";

  /** The Parseval codec. */
  public static final String PARSEVAL = "parseval";

  /** The balanced codec. */
  public static final String BALANCED = "balanced";

  /** The default codec, which chooses everything itself. */
  public static final String AUTOMATIC = "auto";

  /** The option of {@link #AUTOMATIC} that says how sharply its decoder attends to data. */
  static final String SHARPNESS = "sharpness";

  /** Takes a copy of the options, in the order of their names. */
  public CodecSpec {
    options = Collections.unmodifiableMap(new TreeMap<>(options));
  }

  /**
   * One of the numbers.
   *
   * @throws StitchException (bad input) if it is not among them
   */
  public double option(String key) {
    Double value = options.get(key);
    if (value == null) {
      throw StitchException.badInput(
          "codec '%s' without '%s'; it has %s", name, key, options.keySet());
    }
    return value;
  }

  /**
   * Checks that codes of the one can be read by the other.
   *
   * @throws StitchException (bad input) if they have another name or keep other anchors
   */
  void requireSameCodes(CodecSpec other) {
    if (!name.equals(other.name)) {
      throw StitchException.badInput(
          "codes of the codec '%s' cannot be read by '%s'; make both with the same codec",
          name, other.name);
    }
    if (!subspaces.equals(other.subspaces)) {
      throw StitchException.badInput(
          "the two '%s' codecs keep other anchors; prune once and use the list for both", name);
    }
  }
}
