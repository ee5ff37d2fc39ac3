// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.report.draw;

import io.github.djlstitch.report.draw.Mark.Area;
import io.github.djlstitch.report.draw.Mark.Dot;
import io.github.djlstitch.report.draw.Mark.Spot;
import java.util.List;

/** The forms of points, which tell groups apart where colors do not. */
enum Symbol {
  DISC,
  SQUARE,
  TRIANGLE,
  DIAMOND,
  NABLA;

  private static final double SAME_AREA = 0.9;
  private static final double SHARP = 1.25;

  static Symbol at(int index) {
    return values()[index % values().length];
  }

  /** The form around a place, about as large as a disc of that radius. */
  Mark mark(double x, double y, double radius, Paint paint, double opacity, String tip) {
    double r = radius * (this == SQUARE ? SAME_AREA : SHARP);
    return switch (this) {
      case DISC -> new Dot(new Spot(x, y), radius, paint, opacity, tip);
      case SQUARE ->
          area(paint, opacity, tip, x - r, y - r, x + r, y - r, x + r, y + r, x - r, y + r);
      case TRIANGLE -> area(paint, opacity, tip, x, y - r, x + r, y + r * .8, x - r, y + r * .8);
      case DIAMOND -> area(paint, opacity, tip, x, y - r, x + r, y, x, y + r, x - r, y);
      case NABLA -> area(paint, opacity, tip, x - r, y - r * .8, x + r, y - r * .8, x, y + r);
    };
  }

  private static Area area(Paint paint, double opacity, String tip, double... places) {
    var spots = new Spot[places.length / 2];
    for (int i = 0; i < spots.length; i++) {
      spots[i] = new Spot(places[2 * i], places[2 * i + 1]);
    }
    return new Area(List.of(spots), paint, opacity, tip);
  }
}
