// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.cli.console;

/**
 * Tells where a job ran and how its results are shown.
 *
 * @param device where encoders computed
 * @param numbers the type of number they computed in
 * @param colored whether colours are wanted
 * @param detailed whether all tables are
 */
public record Setting(String device, String numbers, boolean colored, boolean detailed) {
  /** That of JShell. */
  public static final Setting PLAIN = new Setting("auto", "float32", false, false);
}
