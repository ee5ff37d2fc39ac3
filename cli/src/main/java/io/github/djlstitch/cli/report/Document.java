// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.cli.report;

import java.util.List;

/**
 * A report: what was found out, and everything that made it.
 *
 * @param title of the whole
 * @param summary one line under it
 * @param sections its parts
 * @param provenance commands, digests, versions, seeds, machine, times
 */
public record Document(
    String title, String summary, List<Section> sections, List<Fact> provenance) {

  /** Takes copies. */
  public Document {
    sections = List.copyOf(sections);
    provenance = List.copyOf(provenance);
  }

  /** A named fact of the provenance. */
  public record Fact(String name, String value) {}
}
