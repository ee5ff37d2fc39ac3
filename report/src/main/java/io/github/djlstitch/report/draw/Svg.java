// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.report.draw;

import io.github.djlstitch.report.Markup;
import io.github.djlstitch.report.draw.Mark.Spot;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** A drawing as SVG: with classes for a page's style sheet, or with fixed colors for a file. */
final class Svg {
  static final double TITLE = 44;
  static final double TITLE_SIZE = 16;
  private static final String FONT = "system-ui, -apple-system, 'Segoe UI', Roboto, sans-serif";

  private final Drawing drawing;
  private final boolean fixed;
  private final StringBuilder out = new StringBuilder();

  Svg(Drawing drawing, boolean fixed) {
    this.drawing = drawing;
    this.fixed = fixed;
  }

  /** An element of a page, named by the element of that id. */
  String element(String labelledBy) {
    out.append("<svg class=\"plot\" role=\"img\" tabindex=\"0\" aria-labelledby=\"")
        .append(Markup.escaped(labelledBy))
        .append("\" width=\"" + number(drawing.width()) + "\" viewBox=\"0 0 ")
        .append(number(drawing.width()) + " " + number(drawing.height()) + "\">\n");
    drawing.marks().forEach(this::append);
    return out.append("</svg>\n").toString();
  }

  /** A file. */
  String file() {
    double height = drawing.height() + TITLE;
    String size = number(drawing.width()) + "\" height=\"" + number(height);
    out.append("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n")
        .append("<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"" + size)
        .append("\" viewBox=\"0 0 " + number(drawing.width()) + " " + number(height))
        .append("\" font-family=\"" + FONT + "\">\n")
        .append("<title>" + Markup.escaped(drawing.title()) + "</title>\n")
        .append("<rect width=\"" + size + "\" fill=\"#ffffff\"/>\n");
    append(
        Mark.Label.of(
                14,
                28,
                Lettering.fitted(drawing.title(), TITLE_SIZE, drawing.width() - 28),
                TITLE_SIZE,
                Mark.Align.START,
                Paint.INK)
            .strong());
    out.append("<g transform=\"translate(0 " + number(TITLE) + ")\">\n");
    drawing.marks().forEach(this::append);
    return out.append("</g>\n</svg>\n").toString();
  }

  private void append(Mark mark) {
    if (mark instanceof Mark.Line line) {
      line(line);
    } else if (mark instanceof Mark.Area area) {
      String shape = "<polygon points=\"" + points(area.spots()) + "\"";
      shape(shape, "polygon", area.paint(), area.opacity(), area.tip());
    } else if (mark instanceof Mark.Dot dot) {
      String place = "cx=\"" + number(dot.center().x()) + "\" cy=\"" + number(dot.center().y());
      String shape = "<circle " + place + "\" r=\"" + number(dot.radius()) + "\"";
      shape(shape, "circle", dot.paint(), dot.opacity(), dot.tip());
    } else if (mark instanceof Mark.Label label) {
      label(label);
    } else if (mark instanceof Mark.Pixels pixels) {
      pixels(pixels);
    }
  }

  private void line(Mark.Line line) {
    out.append("<polyline points=\"" + points(line.spots()) + "\" fill=\"none\"")
        .append(paint("stroke", "s", line.paint(), ""))
        .append(line.width() == 1 ? "" : " stroke-width=\"" + number(line.width()) + "\"")
        .append(line.dash() == 0 ? "" : " stroke-dasharray=\"" + number(line.dash()) + "\"")
        .append(line.width() == 1 ? "" : " stroke-linejoin=\"round\" stroke-linecap=\"round\"")
        .append("/>\n");
  }

  private void shape(String shape, String tag, Paint paint, double opacity, String tip) {
    out.append(shape)
        .append(paint("fill", "f", paint, tip.isEmpty() ? "" : " t"))
        .append(opacity == 1 ? "" : " fill-opacity=\"" + number(opacity) + "\"");
    if (tip.isEmpty()) {
      out.append("/>\n");
    } else {
      out.append("><title>" + Markup.escaped(tip) + "</title></" + tag + ">\n");
    }
  }

  private void label(Mark.Label label) {
    String at = "x=\"" + number(label.at().x()) + "\" y=\"" + number(label.at().y()) + "\"";
    out.append("<text " + at + " font-size=\"" + number(label.size()) + "\"")
        .append(paint("fill", "f", label.paint(), ""));
    if (label.align() != Mark.Align.START) {
      out.append(" text-anchor=\"" + label.align().name().toLowerCase(Locale.ROOT) + "\"");
    }
    if (label.bold()) {
      out.append(" font-weight=\"600\"");
    }
    if (label.angle() != 0) {
      out.append(" transform=\"rotate(" + number(label.angle()) + " ")
          .append(number(label.at().x()) + " " + number(label.at().y()) + ")\"");
    }
    out.append(">" + Markup.escaped(label.text()) + "</text>\n");
  }

  private void pixels(Mark.Pixels pixels) {
    String data = Base64.getEncoder().encodeToString(pixels.sprite().png());
    out.append("<image x=\"" + number(pixels.corner().x()))
        .append("\" y=\"" + number(pixels.corner().y()))
        .append("\" width=\"" + number(pixels.width()))
        .append("\" height=\"" + number(pixels.height()) + "\" preserveAspectRatio=\"none\"")
        .append(fixed ? " style=\"image-rendering:pixelated\"" : " class=\"pixels\"")
        .append(" href=\"data:image/png;base64," + data + "\"/>\n");
  }

  private String paint(String attribute, String prefix, Paint paint, String also) {
    if (fixed || paint.role().isEmpty()) {
      String classes = fixed || also.isEmpty() ? "" : " class=\"" + also.strip() + "\"";
      return " " + attribute + "=\"" + paint.hex() + "\"" + classes;
    }
    return " class=\"" + prefix + "-" + paint.role() + also + "\"";
  }

  private static String points(List<Spot> spots) {
    return spots.stream()
        .map(s -> number(s.x()) + "," + number(s.y()))
        .collect(Collectors.joining(" "));
  }

  private static String number(double value) {
    String text = String.format(Locale.ROOT, "%.2f", value);
    return text.replaceAll("\\.?0+$", "").replaceAll("^-0$", "0");
  }
}
