// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.core.migrate;

import io.github.djlstitch.core.Named;
import java.util.List;

/** The side of a search that is carried over. */
public enum Side implements Named {
  /** Stored vectors go into the new space; queries are the new encoder's. */
  DOCUMENTS,
  /** Stored vectors stay; queries of the new encoder go back into the old space. */
  QUERIES;

  /** The methods that are tried on this side. */
  public List<BridgeMethod> candidates() {
    return this == DOCUMENTS ? BridgeMethod.FOR_DOCUMENTS : BridgeMethod.FOR_QUERIES;
  }
}
