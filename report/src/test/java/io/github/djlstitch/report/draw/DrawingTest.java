// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.report.draw;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.djlstitch.report.Demo;
import io.github.djlstitch.report.Figure;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalDouble;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

final class DrawingTest {
  static Stream<Figure> all() {
    return Stream.concat(
        Demo.document().sections().stream().flatMap(s -> s.figures().stream()), odd());
  }

  /** What experiments may well come up with. */
  static Stream<Figure> odd() {
    double huge = 1e300;
    return Stream.of(
        new Figure.Scatter("no-panels", "", "", 3, List.of()),
        scatter("no-points"),
        scatter("one-point", new Figure.Point(3, 3, "")),
        scatter("not-finite", new Figure.Point(Double.NaN, 1, "x"), new Figure.Point(1, 2, "y")),
        scatter("huge", new Figure.Point(-huge, 1, ""), new Figure.Point(huge, 1e-300, "")),
        lines("no-curves", true),
        lines("no-marks", true, new Figure.Curve("a", List.of())),
        lines("at-zero", true, curve(0, 1, 10)),
        lines("one-mark", true, curve(7)),
        lines("flat", false, curve(0, 0, 0)),
        lines("not-finite-marks", false, curve(1, Double.NaN, Double.POSITIVE_INFINITY)),
        heatMap("one-cell", OptionalDouble.of(5)),
        heatMap("nothing", OptionalDouble.empty(), OptionalDouble.of(Double.NaN)),
        Demo.heatMap(60, 60),
        new Figure.Pictures("no-pictures", "", "", List.of(), List.of(), List.of()),
        new Figure.Pictures("nameless", "", "", List.of(), List.of(), Demo.pictures().images()));
  }

  @ParameterizedTest
  @MethodSource("all")
  void everyFigureIsDrawn(Figure figure) throws Exception {
    String svg = Drawing.of(figure).svgFile();
    var factory = DocumentBuilderFactory.newInstance();
    factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
    factory
        .newDocumentBuilder()
        .parse(new ByteArrayInputStream(svg.getBytes(StandardCharsets.UTF_8)));
    String element = Drawing.of(figure).svgElement("id");
    for (String text : List.of(svg, element)) {
      assertFalse(text.matches("(?s).*(NaN|Infinity).*"), figure.id());
      assertFalse(text.contains("<script"), figure.id());
    }
    BufferedImage png = ImageIO.read(new ByteArrayInputStream(Drawing.of(figure).png()));
    assertEquals(Math.ceil(2 * Drawing.of(figure).width()), png.getWidth(), figure.id());
  }

  @Test
  void aGroupHasTheSameColourInAllPanels() {
    var first = new Figure.Group("a", List.of(new Figure.Point(0, 0, "one")));
    var other = new Figure.Group("b", List.of(new Figure.Point(1, 1, "two")));
    var panels =
        List.of(
            new Figure.Panel("p", "", "", List.of(first, other)),
            new Figure.Panel("q", "", "", List.of(other)));
    String svg = Drawing.of(new Figure.Scatter("f", "", "", 2, panels)).svgElement("id");
    assertEquals(2, svg.split("class=\"f-c1 t\"", -1).length - 1, svg);
    assertEquals(1, svg.split("class=\"f-c0 t\"", -1).length - 1, svg);
  }

  @Test
  void manyBandsAreLeftOutForTheyHideEachOther() {
    for (int count : new int[] {4, 5}) {
      Figure.Curve[] curves = new Figure.Curve[count];
      Arrays.setAll(curves, i -> banded(i));
      String svg = Drawing.of(lines("f", false, curves)).svgElement("id");
      assertEquals(count == 4 ? 4 : 0, svg.split("<polygon[^>]*opacity", -1).length - 1, svg);
      assertTrue(svg.contains("\u00b1 0.5"), "the deviation is still told");
    }
  }

  private static Figure.Curve banded(double height) {
    return new Figure.Curve(
        "c" + height,
        List.of(
            new Figure.Mark(1, height, OptionalDouble.of(0.5)),
            new Figure.Mark(2, height, OptionalDouble.of(0.5))));
  }

  @Test
  void whatWasNotMeasuredIsHatchedAndSaid() {
    String svg = Drawing.of(Demo.heatMap(3, 4)).svgElement("id");
    assertTrue(svg.contains("encoder-1 \u00d7 multilingual-2: not measured"), svg);
    assertTrue(svg.contains(">-</text>"));
  }

  @Test
  void matricesOfOneMeasureShareTheirColors() {
    Figure low = heatMap("low", "accuracy", .1, .2);
    Figure high = heatMap("high", "accuracy", .2, .9);
    Figure other = heatMap("other", "error", .2, 7);
    List<Drawing> drawings = Drawing.all(List.of(low, high, other));
    assertEquals(color(drawings.get(0), ".2"), color(drawings.get(1), ".2"));
    assertNotEquals(color(drawings.get(1), ".2"), color(drawings.get(2), ".2"));
    assertEquals(Ramp.color(1).hex(), color(drawings.get(1), ".9"));
    assertEquals(Ramp.color(1).hex(), color(Drawing.of(low), ".2"), "its own scale alone");
  }

  @Test
  void magnitudesAreEvenSteps() {
    var map = ((Figure.HeatMap) heatMap("m", "condition", 1, 10, 100, 0)).withDigits(1);
    String svg = Drawing.of(map.byMagnitude()).svgElement("id");
    assertTrue(svg.contains(cell(Ramp.color(0), "1.0")), svg);
    assertTrue(svg.contains(cell(Ramp.color(.5), "10.0")), svg);
    assertTrue(svg.contains(cell(Ramp.color(1), "100.0")), svg);
    assertTrue(svg.contains(cell(Ramp.color(0), "0.0")), "has no magnitude");
    assertEquals(2, svg.split(">10.0</text>", -1).length - 1, "in its cell and beside the scale");
    var linear = Drawing.all(List.of(map, map.byMagnitude())).get(0);
    assertTrue(linear.svgElement("id").contains(cell(Ramp.color(.1), "10.0")), "no common scale");
  }

  @Test
  void magnitudesOfAnySizeAreDrawn() {
    var map = (Figure.HeatMap) heatMap("m", "x", 1e-300, 1e300, -1);
    String svg = Drawing.of(map.byMagnitude()).svgElement("id");
    assertTrue(svg.contains(cell(Ramp.color(1), "1e+300")), svg);
    assertFalse(svg.contains("NaN"), svg);
    var none = (Figure.HeatMap) heatMap("m", "x", -1, 0);
    assertFalse(Drawing.of(none.byMagnitude()).svgElement("id").contains("NaN"));
  }

  private static String cell(Paint color, String number) {
    return "fill=\"%s\" class=\"t\"><title>a row \u00d7 c: %s<".formatted(color.hex(), number);
  }

  private static String color(Drawing drawing, String number) {
    Matcher cell =
        Pattern.compile("fill=\"(#[0-9a-f]+)\" class=\"t\"><title>a row . c: 0" + number + "00<")
            .matcher(drawing.svgElement("id"));
    assertTrue(cell.find(), drawing.svgElement("id"));
    return cell.group(1);
  }

  @Test
  void aReferenceIsADashedLineFromSideToSide() {
    var chance =
        new Figure.Curve("chance", List.of(new Figure.Mark(2, .25, OptionalDouble.empty())), true);
    String svg = Drawing.of(lines("f", false, curve(1, 2, 3), chance)).svgElement("id");
    Matcher line =
        Pattern.compile(
                "<polyline points=\"([\\d.]+),([\\d.]+) ([\\d.]+),([\\d.]+)\"[^>]* class=\"s-muted\"[^>]*dasharray")
            .matcher(svg);
    assertTrue(line.find(), svg); // the legend's
    assertTrue(line.find(), svg);
    assertEquals(line.group(2), line.group(4));
    assertTrue(Double.parseDouble(line.group(3)) - Double.parseDouble(line.group(1)) > 300, svg);
    assertEquals(3 + 1, svg.split("class=\"f-c0", -1).length - 1, "points of the result alone");
    assertFalse(svg.contains("f-c1"), svg);
    assertTrue(svg.contains("<title>chance at 2: 0.25</title>"), svg);
  }

  @Test
  void numbersOnColoursAreLegible() {
    for (int i = 0; i <= 100; i++) {
      double contrast = contrast(Ramp.color(i / 100.0).rgb(), Ramp.words(i / 100.0).rgb());
      assertTrue(contrast >= 4.5, "contrast " + contrast + " at " + i);
    }
  }

  // Web Content Accessibility Guidelines 2.1.
  private static double contrast(int a, int b) {
    double x = luminance(a);
    double y = luminance(b);
    return (Math.max(x, y) + 0.05) / (Math.min(x, y) + 0.05);
  }

  private static double luminance(int rgb) {
    double[] weights = {0.2126, 0.7152, 0.0722};
    return IntStream.range(0, 3)
        .mapToDouble(
            i -> {
              double v = (rgb >> (16 - 8 * i) & 0xff) / 255.0;
              return weights[i] * (v <= 0.03928 ? v / 12.92 : Math.pow((v + 0.055) / 1.055, 2.4));
            })
        .sum();
  }

  @Test
  void ticksAreRoundNumbers() {
    Axis axis = Axis.around(DoubleStream.of(0.31, 0.87), 0, 0, 100);
    assertEquals(
        List.of("0.4", "0.5", "0.6", "0.7", "0.8"),
        axis.ticks(7).stream().map(Axis.Tick::text).toList());
    assertEquals(50, new Axis(10, 1000, 0, 100, true).place(100), 1e-9);
    assertEquals("0.1235", Axis.number(0.123456));
    assertEquals("300", Axis.number(300));
  }

  @Test
  void thePixelsOfPicturesAreShownAsTheyAre() throws IOException {
    Figure.Pictures pictures = Demo.pictures();
    BufferedImage png = ImageIO.read(new ByteArrayInputStream(Drawing.of(pictures).png()));
    int expected = 0xff000000;
    byte[] pixels = pictures.images().get(0).get(3).pixels();
    for (int i = 0; i < 3; i++) {
      expected |= (pixels[3 * (16 * 32 + 16) + i] & 0xff) << (16 - 8 * i);
    }
    List<Integer> found = new ArrayList<>();
    for (int y = 0; y < png.getHeight(); y++) {
      for (int x = 0; x < png.getWidth(); x++) {
        if (png.getRGB(x, y) == expected) {
          found.add(x);
        }
      }
    }
    assertTrue(found.size() >= 9, found.toString());
  }

  private static Figure scatter(String id, Figure.Point... points) {
    var group = new Figure.Group("g", List.of(points));
    var panel = new Figure.Panel("", "x", "y", List.of(group));
    return new Figure.Scatter(
        id, "", "", 2, List.of(panel, new Figure.Panel("", "", "", List.of(group))));
  }

  private static Figure lines(String id, boolean logarithmic, Figure.Curve... curves) {
    return new Figure.Lines(id, "", "", "x", "y", logarithmic, List.of(curves));
  }

  private static Figure.Curve curve(double... x) {
    return new Figure.Curve(
        "c",
        DoubleStream.of(x).mapToObj(v -> new Figure.Mark(v, v, OptionalDouble.empty())).toList());
  }

  private static Figure heatMap(String id, String measure, double... values) {
    List<String> columns = DoubleStream.of(values).mapToObj(v -> "c").toList();
    List<OptionalDouble> row = DoubleStream.of(values).mapToObj(OptionalDouble::of).toList();
    return new Figure.HeatMap(
        id, "", "", "r", "c", List.of("a row"), columns, List.of(row), 3, measure);
  }

  private static Figure heatMap(String id, OptionalDouble... values) {
    List<String> columns = Stream.of(values).map(v -> "c").toList();
    return new Figure.HeatMap(
        id, "", "", "r", "c", List.of("a row"), columns, List.of(List.of(values)), 3, "");
  }
}
