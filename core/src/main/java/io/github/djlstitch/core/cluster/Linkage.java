// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.core.cluster;

import io.github.djlstitch.core.Named;

/**
 * The distance between two clusters that are to be merged, as a function of the distances to a
 * third one before (Lance and Williams 1967).
 */
public enum Linkage implements Named {
  /** Least increase of the variance within; the default of scikit-learn. */
  WARD,
  /** Mean distance of their members. */
  AVERAGE,
  /** Largest distance of their members. */
  COMPLETE
}
