// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.report.json;

import io.github.djlstitch.core.StitchException;
import io.github.djlstitch.core.internal.file.JsonCard;
import io.github.djlstitch.report.Document;
import io.github.djlstitch.report.Figure;
import io.github.djlstitch.report.GridDocument;
import io.github.djlstitch.report.JsonFields;
import io.github.djlstitch.report.Measurement;
import io.github.djlstitch.report.Section;
import io.github.djlstitch.report.Table;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Documents as one JSON object of schema 1: the numbers of all tables as {@code results}, the
 * claims as {@code summary}, and as {@code document} all that is needed to draw the report again.
 */
public final class DocumentJson {
  private static final Pattern ID = Pattern.compile("[a-z0-9][a-z0-9-]{0,63}");

  private DocumentJson() {}

  /**
   * The run that made a document.
   *
   * @param command without {@code stitch}
   * @param experiment its id
   * @param version of the program
   * @param inputs names and SHA-256 of what was read
   * @param seconds it took
   */
  public record Run(
      String command,
      String experiment,
      String version,
      Map<String, String> inputs,
      double seconds) {}

  /** The object of a document and of what made it. */
  public static JsonFields of(Run run, Document document) {
    var inputs = new JsonFields();
    run.inputs().forEach(inputs::with);
    return JsonFields.command(run.command())
        .with("experiment", run.experiment())
        .with("version", run.version())
        .with("inputs", inputs)
        .with("results", results(document))
        .with("summary", claims(document.sections().stream().flatMap(s -> s.claims().stream())))
        .with("timings_s", new JsonFields().milli("total", run.seconds()))
        .with("document", document(document));
  }

  private static List<JsonFields> results(Document document) {
    return document.sections().stream()
        .flatMap(s -> s.tables().stream())
        .flatMap(t -> Measurement.of(t).stream())
        .map(TableJson::write)
        .toList();
  }

  private static List<JsonFields> claims(Stream<Section.Claim> claims) {
    return claims
        .map(c -> new JsonFields().with("claim", c.statement()).with("holds", c.holds()))
        .toList();
  }

  private static JsonFields document(Document document) {
    return new JsonFields()
        .with("title", document.title())
        .with("summary", document.summary())
        .with("sections", document.sections().stream().map(DocumentJson::section).toList())
        .with(
            "provenance",
            document.provenance().stream()
                .map(fact -> new JsonFields().with("name", fact.name()).with("value", fact.value()))
                .toList());
  }

  private static JsonFields section(Section section) {
    return new JsonFields()
        .with("title", section.title())
        .texts("text", section.text())
        .with("claims", claims(section.claims().stream()))
        .with("tables", section.tables().stream().map(TableJson::write).toList())
        .with("figures", section.figures().stream().map(FigureJson::write).toList())
        .texts("notes", section.notes());
  }

  /**
   * The document of a file of results of {@code stitch} or {@code stitch reproduce}.
   *
   * @throws StitchException (bad input) if it is missing, something else, of another schema, or not
   *     as this program writes it
   */
  public static Document read(Path file) {
    return read(JsonCard.read(file));
  }

  /** As {@link #read(Path)}, of a text that has been read already. */
  static Document parse(Path file, String text) {
    return read(JsonCard.parse(file, text));
  }

  private static Document read(JsonCard card) {
    return switch (card.text("command")) {
      case JsonFields.GRID -> {
        requireSchema(card, JsonFields.GRID_SCHEMA);
        yield GridDocument.of(GridCard.read(card));
      }
      case "reproduce" -> {
        requireSchema(card, JsonFields.SCHEMA);
        yield document(card.card("document"));
      }
      default ->
          throw card.refusal("command", "'stitch' or 'reproduce', whose results have a report");
    };
  }

  private static void requireSchema(JsonCard card, int schema) {
    if (card.integer("schema") != schema) {
      throw card.refusal(
          "schema", schema + "; another version of stitch wrote it, so run its command again");
    }
  }

  private static Document document(JsonCard card) {
    card.requireOnly("title", "summary", "sections", "provenance");
    var budget = new DrawingBudget();
    List<Section> sections =
        card.cards("sections").stream().map(part -> section(part, budget)).toList();
    requireUnique(card, sections.stream().flatMap(s -> s.tables().stream()).map(Table::id));
    requireUnique(card, sections.stream().flatMap(s -> s.figures().stream()).map(Figure::id));
    List<Document.Fact> facts =
        card.cards("provenance").stream()
            .map(fact -> new Document.Fact(fact.text("name"), fact.text("value")))
            .toList();
    return new Document(card.text("title"), card.text("summary"), sections, facts);
  }

  private static Section section(JsonCard card, DrawingBudget budget) {
    card.requireOnly("title", "text", "claims", "tables", "figures", "notes");
    List<Table> tables = card.cards("tables").stream().map(TableJson::read).toList();
    tables.forEach(t -> budget.marks(card, (long) t.rows().size() * t.columns().size()));
    return new Section(
        card.text("title"),
        card.texts("text"),
        card.cards("claims").stream()
            .map(claim -> new Section.Claim(claim.text("claim"), claim.flag("holds")))
            .toList(),
        tables,
        card.cards("figures").stream().map(figure -> FigureCard.read(figure, budget)).toList(),
        card.texts("notes"));
  }

  // Two of one name would write the same file.
  private static void requireUnique(JsonCard card, Stream<String> ids) {
    Set<String> seen = new HashSet<>();
    ids.filter(id -> !seen.add(id))
        .findFirst()
        .ifPresent(
            id -> {
              throw card.refusal("title", "a document with one table or figure '" + id + "'");
            });
  }

  /** The id of a table or figure, which may become a file's name. */
  static String id(JsonCard card) {
    String id = card.text("id");
    if (!ID.matcher(id).matches()) {
      throw card.refusal("id", "lower-case letters, digits and hyphens, 64 at most");
    }
    return id;
  }
}
