// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.report;

import java.util.List;

/**
 * A part of a document.
 *
 * @param title its heading
 * @param text what it is about, paragraphs
 * @param claims what was to be shown and whether it was
 * @param notes what a reader must know, a line each
 */
public record Section(
    String title,
    List<String> text,
    List<Claim> claims,
    List<Table> tables,
    List<Figure> figures,
    List<String> notes) {

  /** Takes copies. */
  public Section {
    text = List.copyOf(text);
    claims = List.copyOf(claims);
    tables = List.copyOf(tables);
    figures = List.copyOf(figures);
    notes = List.copyOf(notes);
  }

  /**
   * A statement that the measurements bear out or not.
   *
   * @param statement with the numbers in it
   * @param holds whether it is so here
   */
  public record Claim(String statement, boolean holds) {}
}
