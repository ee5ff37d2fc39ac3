// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.core.internal.script;

/** A network or a map that can be written as a part of a TorchScript file. */
public interface Scripted {
  /**
   * The part; its tensors are valid as long as this is open.
   *
   * @throws io.github.djlstitch.core.StitchException (usage) naming what cannot be exported, and
   *     why
   */
  ScriptPart script();
}
