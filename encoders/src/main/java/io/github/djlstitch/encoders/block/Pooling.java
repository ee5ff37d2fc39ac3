// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.encoders.block;

import java.util.Locale;

/** How the token states (B, T, D) of a sequence become its vector (B, D). */
public enum Pooling {
  /** The state of the first token. */
  CLS,
  /** The mean over the tokens that are not padding. */
  MEAN,
  /** What the network's trained pooling layer makes of the first token; only where it has one. */
  POOLER,
  /** As the network itself pools, whatever that is. */
  OWN;

  /** The name used on the command line, in files and as the program's method. */
  public String id() {
    return name().toLowerCase(Locale.ROOT);
  }
}
