// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.indexes;

import io.github.djlstitch.core.StitchException;
import java.util.function.Supplier;

/** Says what is missing where Lucene, an optional dependency, is not on the class path. */
final class LuceneAccess {
  private LuceneAccess() {}

  /**
   * Does something with Lucene's classes.
   *
   * @throws StitchException (unavailable) if they are not there
   */
  static <T> T with(Supplier<T> action) {
    try {
      return action.get();
    } catch (NoClassDefFoundError e) {
      throw StitchException.unavailable(
              "lucene: indexes need Lucene, which is not on the class path; add"
                  + " org.apache.lucene:lucene-core:9.12.3")
          .because(e);
    }
  }
}
