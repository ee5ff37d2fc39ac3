// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.core.measure;

import io.github.djlstitch.core.FloatMatrix;
import io.github.djlstitch.core.StitchException;
import java.util.Arrays;

/** Checks the spaces that a measure is given. */
final class MeasureInput {
  private MeasureInput() {}

  static void require(SpaceMeasure measure, FloatMatrix x, FloatMatrix y) {
    if (x.rows() != y.rows()) {
      throw StitchException.badInput(
          "%s needs the same samples in both spaces but got %d and %d rows; pair them by id",
          measure.id(), x.rows(), y.rows());
    }
    requireRows(measure, x.rows());
    requireWidths(measure, x, y);
    requireValues(measure, x, "first");
    requireValues(measure, y, "second");
  }

  /** The fewest samples that the measure is defined for with its option. */
  static int fewestRows(SpaceMeasure measure) {
    MeasureKind kind = measure.kind();
    if (!kind.countsNeighbors()) {
      return kind.fewestRows();
    }
    boolean self = kind.needsSharedFrame(); // a sample is a neighbor of itself there
    return Math.max(kind.fewestRows(), (int) measure.option() + (self ? 0 : 1));
  }

  private static void requireRows(SpaceMeasure measure, int rows) {
    int fewest = fewestRows(measure);
    if (rows < fewest) {
      throw StitchException.badInput(
          "%s needs at least %d samples but got %d%s",
          measure.id(), fewest, rows, measure.kind().countsNeighbors() ? "; lower k" : "");
    }
  }

  private static void requireWidths(SpaceMeasure measure, FloatMatrix x, FloatMatrix y) {
    if (measure.kind().needsSharedFrame() && x.columns() != y.columns()) {
      throw StitchException.badInput(
          "%s compares coordinates, so it needs equal widths but got %d and %d;"
              + " take relative vectors, or a measure such as cka",
          measure.id(), x.columns(), y.columns());
    }
    int widest = Math.max(x.columns(), y.columns());
    if (widest > measure.kind().mostColumns()) {
      throw StitchException.badInput(
          "%s pairs at most %d axes but got %d; take soft-match, or fewer axes",
          measure.id(), measure.kind().mostColumns(), widest);
    }
  }

  private static void requireValues(SpaceMeasure measure, FloatMatrix x, String which) {
    x.firstNonFiniteRow()
        .ifPresent(
            row -> {
              throw StitchException.badInput(
                  "row %d of the %s space has a value that is not finite; encode the data again",
                  row, which);
            });
    if (comparesVariation(measure.kind()) && isConstant(x)) {
      throw StitchException.badInput(
          "all %d vectors of the %s space are equal; %s compares how vectors differ",
          x.rows(), which, measure.id());
    }
  }

  private static boolean comparesVariation(MeasureKind kind) {
    return !kind.needsSharedFrame() && !kind.countsNeighbors();
  }

  static boolean isConstant(FloatMatrix x) {
    float[] first = x.row(0);
    float[] row = new float[x.columns()];
    for (int i = 1; i < x.rows(); i++) {
      x.copyRow(i, row, 0);
      if (!Arrays.equals(first, row)) {
        return false;
      }
    }
    return true;
  }
}
