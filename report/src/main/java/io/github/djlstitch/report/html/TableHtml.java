// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.report.html;

import io.github.djlstitch.report.Cell;
import io.github.djlstitch.report.Markup;
import io.github.djlstitch.report.Table;
import java.util.List;
import java.util.Locale;

/** A table of a page: it scrolls in its own box where it is wider than the page. */
final class TableHtml {
  private final Table table;
  private final StringBuilder out = new StringBuilder();

  private TableHtml(Table table) {
    this.table = table;
  }

  /** A table below a heading, which its title does not repeat. */
  static String of(Table table, String above) {
    return new TableHtml(table).html(above);
  }

  /** Notes as a list; nothing if there are none. */
  static String notes(List<String> notes) {
    if (notes.isEmpty()) {
      return "";
    }
    var list = new StringBuilder("<ul class=\"notes\">\n");
    notes.forEach(note -> list.append("<li>" + Markup.escaped(note) + "</li>\n"));
    return list.append("</ul>\n").toString();
  }

  private String html(String above) {
    String title = Markup.escaped(table.title());
    // Outside of what scrolls, or a narrow page cuts it.
    String shown = table.title().equals(above) ? "" : "<p class=\"title\">" + title + "</p>\n";
    out.append("<div class=\"table\">\n" + shown + "<div class=\"scroll\" role=\"region\"")
        .append(" tabindex=\"0\" aria-label=\"" + title + "\">\n<table>\n<thead><tr>");
    for (int column = 0; column < table.columns().size(); column++) {
      out.append("<th scope=\"col\"" + classes(column, "") + ">")
          .append(Markup.escaped(table.columns().get(column)) + "</th>");
    }
    out.append("</tr></thead>\n<tbody>\n");
    for (List<Cell> row : table.rows()) {
      out.append(isPaper(row) ? "<tr class=\"paper\">" : "<tr>");
      for (int column = 0; column < row.size(); column++) {
        cell(row.get(column), column);
      }
      out.append("</tr>\n");
    }
    out.append("</tbody>\n</table>\n</div>\n").append(notes(table.notes())).append("</div>\n");
    return out.toString();
  }

  private void cell(Cell cell, int column) {
    String tag = column == 0 ? "th" : "td";
    out.append("<" + tag + (column == 0 ? " scope=\"row\"" : ""))
        .append(classes(column, kind(cell)) + ">");
    if (cell.value().isEmpty()) {
      out.append(Markup.escaped(cell.text()).replace(" %", "\u00a0%")); // on one line
    } else {
      number(cell);
    }
    out.append("</" + tag + ">");
  }

  private void number(Cell cell) {
    String[] parts = cell.shown().split(" \\+- ", 2);
    out.append(parts[0].replace('-', '\u2212'));
    if (parts.length > 1) {
      out.append("<span class=\"std\"> \u00b1 " + parts[1] + "</span>");
    }
    if (cell.interval().isPresent()) {
      String interval = cell.shownInterval().replace('-', '\u2212');
      out.append("<span class=\"ci\" title=\"95 % interval\">" + interval + "</span>");
    }
  }

  private static String kind(Cell cell) {
    return cell.value().isPresent() ? "num" : cell.isAbsent() ? "absent" : "";
  }

  private String classes(int column, String kind) {
    String where = column < table.labels() ? "label" : isPaper(column) ? "paper" : "";
    String all = (where + " " + kind).strip();
    return all.isEmpty() ? "" : " class=\"" + all + "\"";
  }

  // Experiments head the columns and rows of a paper's numbers so.
  private boolean isPaper(int column) {
    return isPaper(table.columns().get(column));
  }

  private boolean isPaper(List<Cell> row) {
    return row.subList(0, table.labels()).stream().anyMatch(cell -> isPaper(cell.text()));
  }

  private static boolean isPaper(String name) {
    return name.toLowerCase(Locale.ROOT).contains("paper");
  }
}
