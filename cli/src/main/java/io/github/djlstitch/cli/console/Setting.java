// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.cli.console;

/**
 * The device of a job and the presentation of its results.
 *
 * @param device the encoders' device
 * @param numbers the encoders' number type
 * @param colored whether colors are wanted
 * @param detailed whether all tables are
 */
public record Setting(String device, String numbers, boolean colored, boolean detailed) {
  /** The setting of JShell. */
  public static final Setting PLAIN = new Setting("auto", "float32", false, false);
}
