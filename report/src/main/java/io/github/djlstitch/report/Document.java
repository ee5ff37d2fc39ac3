// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.report;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

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

  /**
   * Several as one, their sections one after the other.
   *
   * @param documents at least one
   */
  public static Document joined(List<Document> documents) {
    if (documents.size() == 1) {
      return documents.get(0);
    }
    List<Section> sections = documents.stream().flatMap(d -> d.sections().stream()).toList();
    List<Fact> facts = new ArrayList<>();
    for (Document document : documents) {
      facts.add(new Fact(document.title(), ""));
      facts.addAll(document.provenance());
    }
    return new Document(
        "Latent space communication: %d results".formatted(documents.size()),
        documents.stream().map(Document::title).collect(Collectors.joining("; ")),
        sections,
        facts);
  }

  /** The figures of all sections, in order. */
  public List<Figure> figures() {
    return sections.stream().flatMap(section -> section.figures().stream()).toList();
  }

  /** The same with more facts, first, and none of them twice. */
  public Document with(List<Fact> facts) {
    List<Fact> all = new ArrayList<>(facts);
    provenance.stream().filter(fact -> !facts.contains(fact)).forEach(all::add);
    return new Document(title, summary, sections, all);
  }

  /** A named fact of the provenance. */
  public record Fact(String name, String value) {}
}
