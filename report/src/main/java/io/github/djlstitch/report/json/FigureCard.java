// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.report.json;

import io.github.djlstitch.core.internal.file.JsonCard;
import io.github.djlstitch.encoders.image.RgbImage;
import io.github.djlstitch.report.Figure;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collections;
import java.util.List;
import java.util.OptionalDouble;

/** Figures from JSON that anybody may have written: nothing larger than can be drawn. */
final class FigureCard {
  private static final int MOST_PANELS = 64;
  private static final int MOST_LINES = 200;
  private static final int MOST_DIGITS = 6;
  private static final int MOST_SIDE = 512;

  private final DrawingBudget budget;

  private FigureCard(DrawingBudget budget) {
    this.budget = budget;
  }

  /** Reads a figure, which must not exceed what is left of the budget. */
  static Figure read(JsonCard card, DrawingBudget budget) {
    budget.figure(card);
    return new FigureCard(budget).figure(card);
  }

  private Figure figure(JsonCard card) {
    return switch (card.text("kind")) {
      case "scatter" -> scatter(card);
      case "lines" -> lines(card);
      case "heat-map" -> heatMap(card);
      case "pictures" -> pictures(card);
      default -> throw card.refusal("kind", "one of scatter, lines, heat-map, pictures");
    };
  }

  private Figure scatter(JsonCard card) {
    card.requireOnly("kind", "id", "title", "caption", "columns", "panels");
    List<Figure.Panel> panels = card.cards("panels").stream().map(this::panel).toList();
    if (panels.size() > MOST_PANELS) {
      throw card.refusal("columns", "a figure of at most " + MOST_PANELS + " panels");
    }
    int columns = TableJson.bounded(card, "columns", 1, MOST_PANELS);
    return new Figure.Scatter(
        DocumentJson.id(card), card.text("title"), card.text("caption"), columns, panels);
  }

  private Figure.Panel panel(JsonCard card) {
    card.requireOnly("title", "x", "y", "groups");
    List<Figure.Group> groups = card.cards("groups").stream().map(this::group).toList();
    return new Figure.Panel(card.text("title"), card.text("x"), card.text("y"), groups);
  }

  private Figure.Group group(JsonCard card) {
    card.requireOnly("name", "x", "y", "labels");
    List<Double> x = card.reals("x");
    List<Double> y = card.reals("y");
    List<String> labels = card.texts("labels");
    if (x.size() != y.size() || x.size() != labels.size()) {
      throw card.refusal("name", "a group with as many x as y and labels");
    }
    budget.marks(card, x.size());
    List<Figure.Point> points = new ArrayList<>();
    for (int i = 0; i < x.size(); i++) {
      points.add(new Figure.Point(x.get(i), y.get(i), labels.get(i)));
    }
    return new Figure.Group(card.text("name"), points);
  }

  private Figure lines(JsonCard card) {
    card.requireOnly("kind", "id", "title", "caption", "x", "y", "logarithmic", "curves");
    return new Figure.Lines(
        DocumentJson.id(card),
        card.text("title"),
        card.text("caption"),
        card.text("x"),
        card.text("y"),
        card.flag("logarithmic"),
        card.cards("curves").stream().map(this::curve).toList());
  }

  private Figure.Curve curve(JsonCard card) {
    card.requireOnly("name", "marks", "reference");
    List<JsonCard> marks = card.cards("marks");
    budget.marks(card, marks.size());
    return new Figure.Curve(
        card.text("name"),
        marks.stream().map(FigureCard::mark).toList(),
        card.has("reference") && card.flag("reference"));
  }

  private static Figure.Mark mark(JsonCard card) {
    card.requireOnly("x", "y", "std");
    return new Figure.Mark(card.number("x"), card.number("y"), TableJson.optional(card, "std"));
  }

  private Figure heatMap(JsonCard card) {
    card.requireOnly(
        "kind",
        "id",
        "title",
        "caption",
        "row_title",
        "column_title",
        "rows",
        "columns",
        "digits",
        "measure",
        "logarithmic",
        "cells");
    List<String> rows = bounded(card, "rows");
    List<String> columns = bounded(card, "columns");
    budget.grid(card, (long) rows.size() * columns.size());
    return new Figure.HeatMap(
        DocumentJson.id(card),
        card.text("title"),
        card.text("caption"),
        card.text("row_title"),
        card.text("column_title"),
        rows,
        columns,
        values(card, rows.size(), columns.size()),
        TableJson.bounded(card, "digits", 0, MOST_DIGITS),
        card.has("measure") ? card.text("measure") : "",
        card.has("logarithmic") && card.flag("logarithmic"));
  }

  private static List<List<OptionalDouble>> values(JsonCard card, int rows, int columns) {
    List<List<OptionalDouble>> values = new ArrayList<>();
    for (int row = 0; row < rows; row++) {
      values.add(new ArrayList<>(Collections.nCopies(columns, OptionalDouble.empty())));
    }
    for (JsonCard cell : card.cards("cells")) {
      cell.requireOnly("row", "column", "value");
      int row = TableJson.bounded(cell, "row", 0, rows - 1);
      int column = TableJson.bounded(cell, "column", 0, columns - 1);
      values.get(row).set(column, OptionalDouble.of(cell.number("value")));
    }
    return values;
  }

  private static List<String> bounded(JsonCard card, String field) {
    List<String> names = card.texts(field);
    if (names.size() > MOST_LINES) {
      throw card.refusal(field, "at most " + MOST_LINES + " names");
    }
    return names;
  }

  private Figure pictures(JsonCard card) {
    card.requireOnly("kind", "id", "title", "caption", "rows", "columns", "images");
    List<List<RgbImage>> images = card.cards("images").stream().map(FigureCard::images).toList();
    long columns = images.stream().mapToLong(List::size).max().orElse(0);
    budget.pictures(card, columns * images.size() * largest(images));
    return new Figure.Pictures(
        DocumentJson.id(card),
        card.text("title"),
        card.text("caption"),
        bounded(card, "rows"),
        bounded(card, "columns"),
        images);
  }

  private static long largest(List<List<RgbImage>> images) {
    long width = images.stream().flatMap(List::stream).mapToLong(RgbImage::width).max().orElse(0);
    long height = images.stream().flatMap(List::stream).mapToLong(RgbImage::height).max().orElse(0);
    return width * height;
  }

  private static List<RgbImage> images(JsonCard row) {
    row.requireOnly("cells");
    return row.cards("cells").stream().map(FigureCard::image).toList();
  }

  private static RgbImage image(JsonCard card) {
    card.requireOnly("width", "height", "rgb");
    int width = TableJson.bounded(card, "width", 1, MOST_SIDE);
    int height = TableJson.bounded(card, "height", 1, MOST_SIDE);
    byte[] pixels = bytes(card);
    if (pixels.length != 3 * width * height) {
      throw card.refusal(
          "width", "3 bytes of 'rgb' for each pixel, but there are " + pixels.length);
    }
    return RgbImage.wrap(width, height, pixels);
  }

  private static byte[] bytes(JsonCard card) {
    try {
      return Base64.getDecoder().decode(card.text("rgb"));
    } catch (IllegalArgumentException e) {
      throw card.refusal("width", "an image whose 'rgb' is base64").because(e);
    }
  }
}
