// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.report.draw;

import io.github.djlstitch.core.StitchException;
import io.github.djlstitch.report.draw.Mark.Spot;
import java.awt.AlphaComposite;
import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.geom.Ellipse2D;
import java.awt.geom.Path2D;
import java.awt.geom.Rectangle2D;
import java.awt.image.BufferedImage;
import java.util.List;
import java.util.Map;

/** A drawing as a PNG file, on white. */
final class Png {
  private static final int SCALE = 2;

  private final Drawing drawing;

  Png(Drawing drawing) {
    this.drawing = drawing;
  }

  byte[] file() {
    // No display is needed, and one that cannot be reached does no harm.
    System.setProperty("java.awt.headless", "true");
    try {
      return Sprite.png(image());
    } catch (LinkageError | InternalError e) {
      throw StitchException.unavailable(
          "no PNG can be drawn: this Java finds no fonts (%s); install fontconfig and a font",
          e.getMessage());
    }
  }

  private BufferedImage image() {
    int width = (int) Math.ceil(drawing.width() * SCALE);
    int height = (int) Math.ceil((drawing.height() + Svg.TITLE) * SCALE);
    var image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
    Graphics2D pen = image.createGraphics();
    pen.setColor(Color.WHITE);
    pen.fillRect(0, 0, width, height);
    pen.scale(SCALE, SCALE);
    pen.addRenderingHints(
        Map.of(
            RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON,
            RenderingHints.KEY_TEXT_ANTIALIASING, RenderingHints.VALUE_TEXT_ANTIALIAS_ON,
            RenderingHints.KEY_STROKE_CONTROL, RenderingHints.VALUE_STROKE_PURE));
    String title = Lettering.fitted(drawing.title(), Svg.TITLE_SIZE, drawing.width() - 28);
    var label = Mark.Label.of(14, 28, title, Svg.TITLE_SIZE, Mark.Align.START, Paint.INK);
    draw(pen, label.strong());
    pen.translate(0, Svg.TITLE);
    drawing.marks().forEach(mark -> draw(pen, mark));
    pen.dispose();
    return image;
  }

  private static void draw(Graphics2D pen, Mark mark) {
    if (mark instanceof Mark.Line line) {
      ink(pen, line.paint(), 1);
      pen.setStroke(stroke(line));
      pen.draw(path(line.spots()));
    } else if (mark instanceof Mark.Area area) {
      ink(pen, area.paint(), area.opacity());
      Path2D outline = path(area.spots());
      outline.closePath();
      pen.fill(outline);
    } else if (mark instanceof Mark.Dot dot) {
      ink(pen, dot.paint(), dot.opacity());
      double r = dot.radius();
      pen.fill(new Ellipse2D.Double(dot.center().x() - r, dot.center().y() - r, 2 * r, 2 * r));
    } else if (mark instanceof Mark.Label label) {
      label(pen, label);
    } else if (mark instanceof Mark.Pixels pixels) {
      pixels(pen, pixels);
    }
  }

  private static void ink(Graphics2D pen, Paint paint, double opacity) {
    pen.setColor(new Color(paint.rgb()));
    pen.setComposite(AlphaComposite.getInstance(AlphaComposite.SRC_OVER, (float) opacity));
  }

  private static BasicStroke stroke(Mark.Line line) {
    float width = (float) line.width();
    return line.dash() == 0
        ? new BasicStroke(width, BasicStroke.CAP_ROUND, BasicStroke.JOIN_ROUND)
        : new BasicStroke(
            width,
            BasicStroke.CAP_BUTT,
            BasicStroke.JOIN_ROUND,
            1,
            new float[] {(float) line.dash()},
            0);
  }

  private static Path2D path(List<Spot> spots) {
    var path = new Path2D.Double();
    for (int i = 0; i < spots.size(); i++) {
      if (i == 0) {
        path.moveTo(spots.get(i).x(), spots.get(i).y());
      } else {
        path.lineTo(spots.get(i).x(), spots.get(i).y());
      }
    }
    return path;
  }

  private static void label(Graphics2D pen, Mark.Label label) {
    ink(pen, label.paint(), 1);
    int style = label.bold() ? Font.BOLD : Font.PLAIN;
    pen.setFont(new Font(Font.SANS_SERIF, style, 1).deriveFont((float) label.size()));
    Rectangle2D box = pen.getFontMetrics().getStringBounds(label.text(), pen);
    double shift =
        switch (label.align()) {
          case START -> 0;
          case MIDDLE -> -box.getWidth() / 2;
          case END -> -box.getWidth();
        };
    var before = pen.getTransform();
    pen.translate(label.at().x(), label.at().y());
    pen.rotate(Math.toRadians(label.angle()));
    pen.drawString(label.text(), (float) shift, 0);
    pen.setTransform(before);
  }

  private static void pixels(Graphics2D pen, Mark.Pixels pixels) {
    BufferedImage image = pixels.sprite().pixels();
    var before = pen.getTransform();
    pen.setComposite(AlphaComposite.SrcOver);
    pen.translate(pixels.corner().x(), pixels.corner().y());
    pen.scale(pixels.width() / image.getWidth(), pixels.height() / image.getHeight());
    pen.drawImage(image, 0, 0, null);
    pen.setTransform(before);
  }
}
