// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.core.stitch;

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

  /** Which space the method's head reads. */
  public DecoderSpec.Reads reads() {
    return this == RELATIVE ? DecoderSpec.Reads.RELATIVE : DecoderSpec.Reads.ABSOLUTE;
  }
}
