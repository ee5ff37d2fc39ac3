// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.report.draw;

import java.util.List;

/** A part of a drawing, in pixels from its upper left corner. */
sealed interface Mark {
  /** A place. */
  record Spot(double x, double y) {}

  /** The side of a label that its place marks. */
  enum Align {
    START,
    MIDDLE,
    END
  }

  /**
   * A line through places.
   *
   * @param dash lengths of dashes and gaps; 0 for a solid line
   */
  record Line(List<Spot> spots, Paint paint, double width, double dash) implements Mark {
    /** Takes a copy. */
    public Line {
      spots = List.copyOf(spots);
    }

    static Line between(double x1, double y1, double x2, double y2, Paint paint) {
      return new Line(List.of(new Spot(x1, y1), new Spot(x2, y2)), paint, 1, 0);
    }
  }

  /**
   * A filled polygon.
   *
   * @param opacity 0 to 1; 0 for one that only answers the pointer
   * @param tip shown when the pointer is over it; may be empty
   */
  record Area(List<Spot> spots, Paint paint, double opacity, String tip) implements Mark {
    /** Takes a copy. */
    public Area {
      spots = List.copyOf(spots);
    }

    static Area box(double x, double y, double width, double height, Paint paint, String tip) {
      return new Area(corners(x, y, width, height), paint, 1, tip);
    }

    static Area sensor(double x, double y, double width, double height, String tip) {
      return new Area(corners(x, y, width, height), Paint.PAPER, 0, tip);
    }

    private static List<Spot> corners(double x, double y, double width, double height) {
      return List.of(
          new Spot(x, y),
          new Spot(x + width, y),
          new Spot(x + width, y + height),
          new Spot(x, y + height));
    }
  }

  /**
   * A disc.
   *
   * @param tip shown when the pointer is over it; may be empty
   */
  record Dot(Spot center, double radius, Paint paint, double opacity, String tip) implements Mark {}

  /**
   * A line of text.
   *
   * @param at on its base line
   * @param angle in degrees, clockwise around {@code at}
   */
  record Label(
      Spot at, String text, double size, Align align, Paint paint, boolean bold, double angle)
      implements Mark {
    static Label of(double x, double y, String text, double size, Align align, Paint paint) {
      return new Label(new Spot(x, y), text, size, align, paint, false, 0);
    }

    Label strong() {
      return new Label(at, text, size, align, paint, true, angle);
    }

    Label turned(double degrees) {
      return new Label(at, text, size, align, paint, bold, degrees);
    }
  }

  /** Pixels, shown as they are, however large. */
  record Pixels(Spot corner, double width, double height, Sprite sprite) implements Mark {}
}
