// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.core.relative;

import io.github.djlstitch.core.StitchException;

/**
 * Whether vectors are moved to the mean of their own anchors before they are compared. Encoders
 * whose vectors all point the same way (E5: every cosine above 0.7) need it.
 */
public enum Centering {
  /** Subtract the mean of the anchors of the same space; the default. */
  ANCHORS,
  /** Leave vectors where they are. */
  NONE;

  /** The name used on the command line and in files. */
  public String id() {
    return this == ANCHORS ? "anchors" : "none";
  }

  /** The centring of that name. */
  public static Centering named(String id) {
    for (Centering centering : values()) {
      if (centering.id().equals(id)) {
        return centering;
      }
    }
    throw StitchException.usage("no centring '%s'; known: anchors, none", id);
  }
}
