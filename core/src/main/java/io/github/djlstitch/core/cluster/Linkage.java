// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.core.cluster;

/**
 * The distance between two clusters that are to be merged, as a function of the distances to a
 * third one before (Lance and Williams 1967).
 */
public enum Linkage {
  /** Least increase of the variance within; the default of scikit-learn. */
  WARD,
  /** Mean distance of their members. */
  AVERAGE,
  /** Largest distance of their members. */
  COMPLETE;

  /**
   * The distance of the union of x and y to a third cluster, from the distances of x and of y to
   * the third, that of x to y, and the three sizes.
   */
  public double update(double toX, double toY, double apart, int sizeX, int sizeY, int third) {
    return switch (this) {
      case AVERAGE -> (sizeX * toX + sizeY * toY) / (sizeX + sizeY);
      case COMPLETE -> Math.max(toX, toY);
      case WARD -> {
        double total = (double) sizeX + sizeY + third;
        double squares =
            (third + sizeX) * toX * toX + (third + sizeY) * toY * toY - third * apart * apart;
        yield Math.sqrt(Math.max(0, squares / total));
      }
    };
  }
}
