// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.core.stitch;

import io.github.djlstitch.core.NearestName;
import io.github.djlstitch.core.StitchException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** How an encoder's vectors are made fit for a decoder that was trained on another encoder. */
public enum Method {
  /** Straight in; possible where the widths agree, and the control that shows the problem. */
  ABSOLUTE,
  /** Relative representations into a head on the relative space (Moschella et al. 2023). */
  RELATIVE,
  /** Anchor coordinates into the decoder's own space, then its absolute head. */
  COORDINATES,
  /** Inverse relative projection into the decoder's own space, then its absolute head. */
  IRP,
  /** A Procrustes map fitted on the pair, then the absolute head. */
  PROCRUSTES,
  /** A ridge regression fitted on the pair, then the absolute head. */
  RIDGE;

  /** The name used on the command line and in files. */
  public String id() {
    return name().toLowerCase(Locale.ROOT);
  }

  /**
   * The method of that name.
   *
   * @throws StitchException (usage) naming the nearest, if there is none
   */
  public static Method named(String id) {
    List<String> known = Arrays.stream(values()).map(Method::id).toList();
    return Arrays.stream(values())
        .filter(method -> method.id().equals(id))
        .findFirst()
        .orElseThrow(
            () ->
                StitchException.usage(
                    "no method '%s'; %sknown: %s, all",
                    id, NearestName.hint(id, known), String.join(", ", known)));
  }

  /** Which space the method's head reads. */
  public DecoderSpec.Reads reads() {
    return this == RELATIVE ? DecoderSpec.Reads.RELATIVE : DecoderSpec.Reads.ABSOLUTE;
  }
}
