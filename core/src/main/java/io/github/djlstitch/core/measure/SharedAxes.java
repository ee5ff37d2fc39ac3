// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.core.measure;

import io.github.djlstitch.core.StitchException;
import io.github.djlstitch.core.measure.SpaceComparison.Side;
import io.github.djlstitch.core.space.Anchors;
import io.github.djlstitch.core.space.Provenance.Relative;
import java.util.Locale;
import java.util.Optional;

/**
 * Tells whether the coordinates of two spaces mean the same. Those of relative spaces do if they
 * are similarities to the same anchors; of other spaces only the widths are known.
 *
 * @param a one space
 * @param b the other
 */
record SharedAxes(Side a, Side b) {
  private static final String WIDTHS = "widths differ";
  private static final String ADVICE =
      "encode both with the same file of anchors ('stitch anchors --out', --relative FILE), or take"
          + " a measure such as cka";

  static SharedAxes of(Side a, Side b) {
    return new SharedAxes(a, b);
  }

  private static Optional<Relative> relative(Side side) {
    return side.space().provenance().relative();
  }

  boolean areShared() {
    return fault().isEmpty();
  }

  /** Says why they do not; empty if they do. */
  String fault() {
    Optional<Relative> x = relative(a);
    Optional<Relative> y = relative(b);
    if (x.isPresent() != y.isPresent()) {
      Side own = x.isPresent() ? b : a;
      return (x.isPresent() ? a : b).label() + " is relative and " + own.label() + " is not";
    }
    if (x.isPresent() && !ids(x.get()).equals(ids(y.get()))) {
      return String.format(
          Locale.ROOT,
          "%s and %s are relative to different anchors (%s and %s)",
          a.label(),
          b.label(),
          named(x.get()),
          named(y.get()));
    }
    return a.numbers().width() == b.numbers().width() ? "" : WIDTHS;
  }

  private static String ids(Relative relative) {
    return relative.anchors().from("").sha256();
  }

  private static String named(Relative relative) {
    Anchors anchors = relative.anchors();
    return String.format(Locale.ROOT, "%d with sha256 %.12s", anchors.count(), anchors.sha256());
  }

  /**
   * Refuses relative vectors of other anchors.
   *
   * @throws StitchException (bad input) saying so
   */
  void requireSameAnchors() {
    if (!fault().isEmpty() && !fault().equals(WIDTHS)) {
      throw StitchException.badInput("%s; %s", fault(), ADVICE);
    }
  }

  /** A remark on spaces whose anchors are the same by their ids only, or compared otherwise. */
  Optional<String> remark() {
    if (relative(a).isEmpty() || relative(b).isEmpty()) {
      return Optional.empty();
    }
    Relative x = relative(a).get();
    Relative y = relative(b).get();
    if (!x.settings().equals(y.settings())) {
      return Optional.of(
          String.format(
              Locale.ROOT,
              "%s and %s were made relative in different ways: %s; %s",
              a.label(),
              b.label(),
              x.settings(),
              y.settings()));
    }
    return x.datasetSha256().equals(y.datasetSha256())
        ? Optional.empty()
        : Optional.of(
            String.format(
                Locale.ROOT,
                "the anchors have the same ids in '%s' and '%s', which must be parallel",
                x.dataset(),
                y.dataset()));
  }
}
