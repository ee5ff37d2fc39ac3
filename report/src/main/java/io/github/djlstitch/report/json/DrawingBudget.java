// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.report.json;

import io.github.djlstitch.core.internal.file.JsonCard;

/**
 * Limits what one file of results may ask a page to draw. The places of a grid are the product of
 * its sides, so that a small file can name millions.
 */
final class DrawingBudget {
  /** Most places of grids; all built-in encoders and all methods have about 6,000. */
  static final int MOST_CELLS = 100_000;

  /** Most points, places of curves and cells of tables. */
  static final int MOST_MARKS = 500_000;

  /** Most pixels of pictures. */
  static final long MOST_PIXELS = 1L << 24;

  /** Most figures. */
  static final int MOST_FIGURES = 1000;

  private long cells;
  private long marks;
  private long pixels;
  private long figures;

  /** Takes a grid of so many places off. */
  void grid(JsonCard card, long count) {
    cells += count;
    require(card, "cells of grids", cells, MOST_CELLS);
  }

  /** Takes so many points, places of curves or cells of tables off. */
  void marks(JsonCard card, long count) {
    marks += count;
    require(card, "points and cells of tables", marks, MOST_MARKS);
  }

  /** Takes pictures of so many pixels off. */
  void pictures(JsonCard card, long count) {
    pixels += count;
    require(card, "pixels of pictures", pixels, MOST_PIXELS);
  }

  /** Takes a figure off. */
  void figure(JsonCard card) {
    figures++;
    require(card, "figures", figures, MOST_FIGURES);
  }

  private static void require(JsonCard card, String what, long spent, long most) {
    if (spent > most) {
      throw card.excess(what, spent, most);
    }
  }
}
