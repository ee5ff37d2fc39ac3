// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.cli;

import io.github.djlstitch.core.StitchException;
import io.github.djlstitch.core.measure.Spread;
import io.github.djlstitch.core.stitch.AnchorCurve;
import io.github.djlstitch.core.stitch.Method;
import io.github.djlstitch.core.stitch.StitchReport;
import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Font;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;
import org.knowm.xchart.BitmapEncoder;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYSeries;
import org.knowm.xchart.style.Styler;
import org.knowm.xchart.style.lines.SeriesLines;
import org.knowm.xchart.style.markers.Marker;
import org.knowm.xchart.style.markers.SeriesMarkers;

/**
 * Accuracy by the number of anchors as a picture. A method has the same colour and marker in every
 * picture; its line is solid if it looks at each space alone, dashed if it is fitted on a pair.
 */
final class CurveChart {
  static final int WIDTH = 1200;
  static final int HEIGHT = 800;

  // More bars than these hide each other.
  private static final int MOST_BARS = 6;
  private static final int MOST_NAMES = 5;
  private static final double TENTHS = 10;
  private static final float LINE = 2f;

  // The strong and the light half of Tableau's 20 colours, in the order of Method.
  private static final int[] COLORS = {
    0x7f7f7f, 0x1f77b4, 0xaec7e8, 0xff7f0e, 0x2ca02c, 0x98df8a, 0xd62728, 0x9467bd, 0xc5b0d5,
    0xff9896, 0xffbb78, 0x8c564b, 0xc49c94, 0xdbbb9a, 0xe377c2, 0x17becf, 0x9edae5, 0xbcbd22,
    0x393b79, 0xf7b6d2
  };

  private static final Marker[] MARKERS = {
    SeriesMarkers.CIRCLE,
    SeriesMarkers.SQUARE,
    SeriesMarkers.TRIANGLE_UP,
    SeriesMarkers.DIAMOND,
    SeriesMarkers.TRIANGLE_DOWN,
    SeriesMarkers.CROSS,
    SeriesMarkers.PLUS,
  };

  private final Results results;
  private final AnchorCurve curve;
  private final XYChart chart = new XYChart(WIDTH, HEIGHT, Styler.ChartTheme.Matlab);

  private CurveChart(Results results, AnchorCurve curve) {
    this.results = results;
    this.curve = curve;
  }

  /** The picture as a PNG file of {@value #WIDTH} x {@value #HEIGHT}. */
  static byte[] png(Results results, AnchorCurve curve) {
    // No display is needed, and one that cannot be reached does no harm.
    System.setProperty("java.awt.headless", "true");
    try {
      var drawing = new CurveChart(results, curve);
      drawing.style();
      drawing.lines();
      return BitmapEncoder.getBitmapBytes(drawing.chart, BitmapEncoder.BitmapFormat.PNG);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (LinkageError | InternalError e) {
      throw StitchException.unavailable(
          "curve.png cannot be drawn: this Java finds no fonts (%s); install fontconfig and a font,"
              + " or drop --out",
          e.getMessage());
    }
  }

  private void style() {
    chart.setTitle(title());
    // Not as tick labels: XChart seeks a spacing for labels of one's own, and may seek for ever.
    String counts = curve.counts().stream().map(String::valueOf).collect(Collectors.joining(", "));
    chart.setXAxisTitle(
        String.format(
            "%s anchors (%s), log scale%s",
            curveStrategy(), counts, hasBars() ? "; bars: one standard deviation" : ""));
    chart.setYAxisTitle("accuracy, mean over pairs and seeds");
    chart
        .getStyler()
        .setLegendPosition(Styler.LegendPosition.OutsideE)
        .setPlotContentSize(1)
        .setMarkerSize(9)
        .setChartTitleFont(font(Font.BOLD, 18))
        .setLegendFont(font(Font.PLAIN, 14))
        .setLegendSeriesLineLength(36)
        .setChartBackgroundColor(Color.WHITE)
        .setAntiAlias(true);
    chart
        .getStyler()
        .setAxisTitleFont(font(Font.PLAIN, 15))
        .setAxisTickLabelsFont(font(Font.PLAIN, 14))
        .setPlotGridLinesColor(new Color(0xe0e0e0))
        .setXAxisLogarithmic(true)
        .setXAxisMin(curve.counts().get(0) * 0.9)
        .setXAxisMax(curve.reports().lastKey() * 1.1)
        .setYAxisMin(lowest())
        .setYAxisMax(1.0)
        .setErrorBarsColorSeriesColor(true)
        .setYAxisDecimalPattern("0.0#");
  }

  private String curveStrategy() {
    return curve.reports().lastEntry().getValue().anchors().get(0).strategy();
  }

  private static Font font(int style, int size) {
    return new Font(Font.SANS_SERIF, style, size);
  }

  private String title() {
    String data = results.outcome().dataset().name().replaceFirst("^.*[:/\\\\](?=.)", "");
    List<String> encoders = results.job().encoders();
    List<String> decoders = results.job().decoders();
    String pairs =
        encoders.equals(decoders) && encoders.size() > 1
            ? names(encoders) + " into each other's heads"
            : names(encoders) + " into heads of " + names(decoders);
    return "Stitched accuracy on " + data + ": " + pairs;
  }

  private static String names(List<String> names) {
    return names.size() > MOST_NAMES ? names.size() + " encoders" : String.join(", ", names);
  }

  private boolean hasBars() {
    return curve.methods().size() <= MOST_BARS
        && curve.reports().firstEntry().getValue().accuracy(curve.methods().get(0), false).stream()
            .anyMatch(s -> s.std().isPresent());
  }

  private double lowest() {
    double lowest =
        curve.reports().values().stream()
            .flatMap(report -> report.methods().stream().map(m -> report.accuracy(m, false)))
            .flatMap(List::stream)
            .mapToDouble(s -> s.mean() - (hasBars() ? s.std().orElse(0) : 0))
            .min()
            .orElse(1);
    double chance = results.report().chance();
    return Math.max(0, Math.floor(Math.min(lowest, chance) * TENTHS) / TENTHS);
  }

  private void lines() {
    curve.methods().forEach(this::line);
    reference("matched (best)", new Color(0x202020), CurveChart::bestMatched);
    reference("chance", new Color(0xa0a0a0), StitchReport::chance);
  }

  private void line(Method method) {
    List<Integer> counts =
        curve.counts().stream().filter(n -> !spread(n, method).isEmpty()).toList();
    if (counts.isEmpty()) {
      return;
    }
    double[] x = counts.stream().mapToDouble(n -> n).toArray();
    double[] y = counts.stream().mapToDouble(n -> spread(n, method).get(0).mean()).toArray();
    double[] bars =
        counts.stream().mapToDouble(n -> spread(n, method).get(0).std().orElse(0)).toArray();
    XYSeries series = chart.addSeries(method.id(), x, y, hasBars() ? bars : null);
    var color = new Color(COLORS[place(method) % COLORS.length]);
    series.setMarker(MARKERS[place(method) % MARKERS.length]).setMarkerColor(color);
    series.setLineColor(color).setLineStyle(stroke(method)).setLineWidth(LINE);
  }

  private static int place(Method method) {
    return List.of(Method.values()).indexOf(method);
  }

  private List<Spread> spread(int count, Method method) {
    return curve.at(count).orElseThrow().accuracy(method, false);
  }

  private static BasicStroke stroke(Method method) {
    return switch (method.family()) {
      case DIRECT -> SeriesLines.DOT_DOT;
      case RELATIVE, CODEC -> SeriesLines.SOLID;
      case PAIRWISE -> SeriesLines.DASH_DASH;
    };
  }

  private void reference(String name, Color color, ToDoubleFunction<StitchReport> accuracy) {
    double[] x = curve.counts().stream().mapToDouble(n -> n).toArray();
    double[] y = curve.reports().values().stream().mapToDouble(accuracy).toArray();
    XYSeries series = chart.addSeries(name, x, y);
    series.setMarker(SeriesMarkers.NONE);
    series.setLineColor(color).setLineStyle(SeriesLines.DASH_DASH).setLineWidth(LINE);
  }

  private static double bestMatched(StitchReport report) {
    return report.methods().stream()
        .flatMap(method -> report.accuracy(method, true).stream())
        .mapToDouble(Spread::mean)
        .max()
        .orElse(report.chance());
  }
}
