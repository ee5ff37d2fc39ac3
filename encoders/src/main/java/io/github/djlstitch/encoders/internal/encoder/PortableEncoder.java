// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.encoders.internal.encoder;

import io.github.djlstitch.core.internal.script.Scripted;

/** An encoder that can be written to files which other libraries run. */
public interface PortableEncoder extends Scripted {
  /** Its preparation of inputs, for other libraries. */
  PortableInput input();
}
