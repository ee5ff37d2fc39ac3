// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.core.relative;

import io.github.djlstitch.core.FloatMatrix;
import io.github.djlstitch.core.Named;
import io.github.djlstitch.core.StitchException;

/**
 * The point that is subtracted from vectors before they are compared. Encoders whose vectors all
 * point the same way (E5: every cosine above 0.7) need it.
 */
public enum Centering implements Named {
  /** Subtract the mean of the anchors of the same space. */
  ANCHORS,
  /** Subtract the mean of all unlabeled data of the same space; steadier when anchors are few. */
  DATA,
  /** Leave vectors where they are. */
  NONE;

  /** The centering of that name. */
  public static Centering named(String id) {
    for (Centering centering : values()) {
      if (centering.id().equals(id)) {
        return centering;
      }
    }
    throw StitchException.usage("no centring '%s'; known: anchors, data, none", id);
  }

  /**
   * The frame of a space of which only the anchors (M, D) are known.
   *
   * @throws StitchException (usage) for {@link #DATA}, which needs an {@link AnchoredSpace}
   */
  Standardization frame(FloatMatrix anchors, boolean directional) {
    return switch (this) {
      case ANCHORS -> Standardization.centeredOn(anchors, directional);
      case NONE -> Standardization.plain(anchors.columns(), directional);
      case DATA ->
          throw StitchException.usage("centring on data needs the space's data, not just anchors");
    };
  }
}
