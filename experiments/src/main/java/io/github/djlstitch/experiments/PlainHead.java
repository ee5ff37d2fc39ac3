// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.experiments;

import io.github.djlstitch.decoders.HeadOptions;

/**
 * The heads of experiments that are not a paper's own. Their L2 weight is given, not chosen, so
 * that experiments stay comparable with each other and with what was measured before.
 */
final class PlainHead {
  private static final double L2 = 3e-5; // docs/adr/0003

  private PlainHead() {}

  static HeadOptions linear() {
    return of(HeadOptions.Kind.LINEAR);
  }

  static HeadOptions of(HeadOptions.Kind kind) {
    return HeadOptions.of(kind).withL2(L2);
  }
}
