// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.report;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import com.google.gson.Strictness;
import com.google.gson.stream.JsonReader;
import de.siegmar.fastcsv.writer.CsvWriter;
import de.siegmar.fastcsv.writer.LineDelimiter;
import io.github.djlstitch.core.Named;
import io.github.djlstitch.core.internal.file.Printable;
import java.io.IOException;
import java.io.StringReader;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** Writes predictions one by one, beside the columns that they were made from. Not thread-safe. */
public final class Predictions {
  private static final int WIDTH = 80;
  private static final int LABEL_WIDTH = 20;
  private static final int DIGITS = 6;
  private static final String LABEL = "predicted";
  private static final String SHARE = "probability";

  private final Form form;
  private final int top;
  private List<String> header = List.of();

  /** The forms of predictions. */
  public enum Form implements Named {
    /** Aligned columns, for people. */
    TABLE,
    /** RFC 4180. */
    CSV,
    /** A JSON object on each line. */
    JSONL
  }

  /**
   * A class with its probability.
   *
   * @param share in [0, 1]
   */
  public record Ranked(String label, double share) {}

  /**
   * A column of the input.
   *
   * @param json whether the value is a JSON value and no text
   */
  public record Column(String name, String value, boolean json) {}

  /**
   * A writer.
   *
   * @param top how many classes there are in a prediction
   */
  public Predictions(Form form, int top) {
    this.form = form;
    this.top = top;
  }

  /**
   * The lines of the next prediction; before the first one, a heading.
   *
   * @param ranked the most probable first; empty if none was made
   */
  public String next(List<Column> columns, List<Ranked> ranked) {
    String heading = header.isEmpty() ? heading(columns) : "";
    return heading
        + switch (form) {
          case TABLE -> row(columns, ranked);
          case CSV -> record(columns, ranked);
          case JSONL -> object(columns, ranked);
        };
  }

  private String heading(List<Column> columns) {
    header = columns.stream().map(Column::name).toList();
    return switch (form) {
      case TABLE -> line(names(), "input");
      case CSV -> {
        List<String> fields = new ArrayList<>(header);
        fields.addAll(names());
        yield csv(fields.stream().map(Field::word).toList());
      }
      case JSONL -> "";
    };
  }

  // Names that no column of the input has.
  private List<String> names() {
    Set<String> names = new LinkedHashSet<>();
    for (int i = 1; i <= top; i++) {
      names.add(free(i == 1 ? LABEL : LABEL + "_" + i));
      names.add(free(i == 1 ? SHARE : SHARE + "_" + i));
    }
    return List.copyOf(names);
  }

  private String free(String name) {
    return form != Form.TABLE && header.contains(name) ? free(name + "_") : name;
  }

  private String row(List<Column> columns, List<Ranked> ranked) {
    List<String> cells = new ArrayList<>();
    for (Ranked one : ranked) {
      cells.add(Printable.line(one.label()));
      cells.add(String.format(Locale.ROOT, "%.3f", one.share()));
    }
    String input = columns.isEmpty() ? "" : Printable.line(columns.get(0).value());
    return line(cells.isEmpty() ? List.of("-", "-") : cells, input);
  }

  private static String line(List<String> cells, String input) {
    var line = new StringBuilder();
    for (int i = 0; i < cells.size(); i++) {
      String format = i % 2 == 0 ? "%-" + LABEL_WIDTH + "s  " : "%11s  ";
      line.append(String.format(Locale.ROOT, format, cut(cells.get(i), LABEL_WIDTH)));
    }
    int room = Math.max(LABEL_WIDTH, WIDTH - line.length());
    return line.append(cut(input, room)).toString().stripTrailing() + "\n";
  }

  private static String cut(String text, int width) {
    return text.length() <= width ? text : text.substring(0, width - 3) + "...";
  }

  private String record(List<Column> columns, List<Ranked> ranked) {
    List<Field> fields = new ArrayList<>();
    for (String name : header) {
      fields.add(
          columns.stream()
              .filter(column -> column.name().equals(name))
              .findFirst()
              .map(column -> Field.word(column.value()))
              .orElse(Field.empty()));
    }
    for (int i = 0; i < top; i++) {
      boolean made = i < ranked.size();
      fields.add(made ? Field.word(ranked.get(i).label()) : Field.empty());
      fields.add(made ? Field.fixed(ranked.get(i).share(), DIGITS) : Field.empty());
    }
    return csv(fields);
  }

  private static String csv(List<Field> fields) {
    var text = new StringWriter();
    try (CsvWriter csv = CsvWriter.builder().lineDelimiter(LineDelimiter.CRLF).build(text)) {
      csv.writeRecord(fields.stream().map(Field::text).toList());
    } catch (IOException e) {
      throw new UncheckedIOException(e); // text in memory brings none
    }
    return text.toString();
  }

  private String object(List<Column> columns, List<Ranked> ranked) {
    var object = new JsonObject();
    for (Column column : columns) {
      if (column.json()) {
        var json = new JsonReader(new StringReader(column.value()));
        json.setStrictness(Strictness.STRICT);
        object.add(column.name(), JsonParser.parseReader(json));
      } else {
        object.addProperty(column.name(), column.value());
      }
    }
    List<String> names = names();
    for (int i = 0; i < ranked.size(); i++) {
      object.addProperty(names.get(2 * i), ranked.get(i).label());
      object.addProperty(names.get(2 * i + 1), Rounded.of(ranked.get(i).share()));
    }
    return object + "\n";
  }
}
