// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.core.internal.file;

import java.io.IOException;

/** An action that may fail to read or write. */
@FunctionalInterface
public interface IoConsumer<T> {
  /** Accepts a value. */
  void accept(T value) throws IOException;
}
