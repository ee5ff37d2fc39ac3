// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.report;

/** Results for people, on a terminal and as Markdown. */
public sealed interface Printout permits Blocks, DocumentText {
  /**
   * Text for a terminal; its lines end in a line feed.
   *
   * @param colored whether titles are set off by escape sequences
   */
  String text(boolean colored);

  /** Markdown as GitHub shows it. */
  String markdown();
}
