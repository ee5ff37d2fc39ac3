// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.report.json;

import com.google.gson.GsonBuilder;
import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import io.github.djlstitch.core.StitchException;
import io.github.djlstitch.core.internal.file.JsonCard;
import io.github.djlstitch.report.Document;
import io.github.djlstitch.report.Figure;
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
  private static final int SCHEMA = 1;
  private static final Pattern ID = Pattern.compile("[a-z0-9][a-z0-9-]{0,63}");

  private DocumentJson() {}

  /**
   * What made a document.
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

  /** The text of a file. */
  public static String write(Run run, Document document) {
    var json = new JsonObject();
    json.addProperty("schema", SCHEMA);
    json.addProperty("command", run.command());
    json.addProperty("experiment", run.experiment());
    json.addProperty("version", run.version());
    var inputs = new JsonObject();
    run.inputs().forEach(inputs::addProperty);
    json.add("inputs", inputs);
    json.add("results", results(document));
    json.add("summary", claims(document.sections().stream().flatMap(s -> s.claims().stream())));
    var timings = new JsonObject();
    timings.addProperty("total", Math.rint(run.seconds() * 1e3) / 1e3);
    json.add("timings_s", timings);
    json.add("document", document(document));
    return new GsonBuilder().setPrettyPrinting().disableHtmlEscaping().create().toJson(json) + "\n";
  }

  private static JsonArray results(Document document) {
    var results = new JsonArray();
    document.sections().stream()
        .flatMap(s -> s.tables().stream())
        .flatMap(t -> Measurement.of(t).stream())
        .forEach(m -> results.add(TableJson.write(m)));
    return results;
  }

  private static JsonArray claims(Stream<Section.Claim> claims) {
    var array = new JsonArray();
    claims.forEach(
        claim -> {
          var json = new JsonObject();
          json.addProperty("claim", claim.statement());
          json.addProperty("holds", claim.holds());
          array.add(json);
        });
    return array;
  }

  private static JsonObject document(Document document) {
    var json = new JsonObject();
    json.addProperty("title", document.title());
    json.addProperty("summary", document.summary());
    var sections = new JsonArray();
    document.sections().forEach(section -> sections.add(section(section)));
    json.add("sections", sections);
    var facts = new JsonArray();
    for (Document.Fact fact : document.provenance()) {
      var entry = new JsonObject();
      entry.addProperty("name", fact.name());
      entry.addProperty("value", fact.value());
      facts.add(entry);
    }
    json.add("provenance", facts);
    return json;
  }

  private static JsonObject section(Section section) {
    var json = new JsonObject();
    json.addProperty("title", section.title());
    json.add("text", TableJson.texts(section.text()));
    json.add("claims", claims(section.claims().stream()));
    var tables = new JsonArray();
    section.tables().forEach(table -> tables.add(TableJson.write(table)));
    json.add("tables", tables);
    var figures = new JsonArray();
    section.figures().forEach(figure -> figures.add(FigureJson.write(figure)));
    json.add("figures", figures);
    json.add("notes", TableJson.texts(section.notes()));
    return json;
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

  /** As {@link #read(Path)}, of a text that has been read or made already. */
  public static Document parse(Path file, String text) {
    return read(JsonCard.parse(file, text));
  }

  private static Document read(JsonCard card) {
    if (card.integer("schema") != SCHEMA) {
      throw card.refusal("schema", SCHEMA + "; another version of stitch wrote it");
    }
    return switch (card.text("command")) {
      case "stitch" -> GridResults.read(card);
      case "reproduce" -> document(card.card("document"));
      default ->
          throw card.refusal("command", "'stitch' or 'reproduce', whose results have a report");
    };
  }

  private static Document document(JsonCard card) {
    card.requireOnly("title", "summary", "sections", "provenance");
    List<Section> sections = card.cards("sections").stream().map(DocumentJson::section).toList();
    requireUnique(card, sections.stream().flatMap(s -> s.tables().stream()).map(Table::id));
    requireUnique(card, sections.stream().flatMap(s -> s.figures().stream()).map(Figure::id));
    List<Document.Fact> facts =
        card.cards("provenance").stream()
            .map(fact -> new Document.Fact(fact.text("name"), fact.text("value")))
            .toList();
    return new Document(card.text("title"), card.text("summary"), sections, facts);
  }

  private static Section section(JsonCard card) {
    card.requireOnly("title", "text", "claims", "tables", "figures", "notes");
    return new Section(
        card.text("title"),
        card.texts("text"),
        card.cards("claims").stream()
            .map(claim -> new Section.Claim(claim.text("claim"), claim.flag("holds")))
            .toList(),
        card.cards("tables").stream().map(TableJson::read).toList(),
        card.cards("figures").stream().map(FigureCard::read).toList(),
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
