// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.report;

import io.github.djlstitch.encoders.image.RgbImage;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.Random;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;

/** Documents with every kind of table and figure. */
public final class Demo {
  /** A label that must stay text. */
  public static final String HOSTILE = "<script>alert(1)</script> \"'&\u0007\u202eesrever";

  private Demo() {}

  /** All kinds of figures in two sections. */
  public static Document document() {
    return new Document(
        "table3: Stitching autoencoders",
        "Relative representations enable zero-shot latent space communication, table 3",
        List.of(first(), second()),
        List.of(
            new Document.Fact("command", "stitch reproduce table3 --data ../data"),
            new Document.Fact("data cifar10", "0f".repeat(32))));
  }

  private static Section first() {
    return new Section(
        "Stitching autoencoders",
        List.of(
            "Moschella et al. 2023, table 3 and section 5.1.",
            "Encoders and decoders of autoencoders trained with different seeds are put together."
                + " With absolute spaces the reconstruction is noise, with relative ones it is"
                + " nearly as good as the autoencoder's own."),
        List.of(
            new Section.Claim("relative stitching error 0.004 is 14.2 times below 0.057", true),
            new Section.Claim("the paper's PSNR of 24.1 is reached: 22.9 " + HOSTILE, false)),
        List.of(table()),
        List.of(pictures(), lines()),
        List.of("12 epochs instead of 50; images of 32 x 32 pixels in colour."));
  }

  private static Section second() {
    return new Section(
        "Latent spaces",
        List.of("Two planes of the same images."),
        List.of(new Section.Claim("groups are the same in both", true)),
        List.of(),
        List.of(scatter("plane", "", 3, 3), heatMap(5, 6), scatter("proxy", "similarity", 1, 1)),
        List.of());
  }

  /** A table with all kinds of cells. */
  public static Table table() {
    Cell mean = Cell.of(DoubleStream.of(0.751, 0.839, 0.79));
    return new Table(
        "mse",
        "Mean squared error of reconstruction, 3 seeds",
        List.of("space", "kind", "AE", "AE, paper", "VAE", "VAE, paper"),
        2,
        List.of(
            List.of(
                Cell.text("absolute"),
                Cell.text("stitched"),
                mean.within(0.71, 0.85),
                Cell.paper(0.058, 0.009),
                Cell.number(-1.25),
                Cell.absent()),
            List.of(
                Cell.text(HOSTILE),
                Cell.text("matched"),
                Cell.of(DoubleStream.of(0.0041, 0.0047)),
                Cell.paper(0.004, 0.001),
                Cell.count(12_000),
                Cell.number(Double.NaN))),
        List.of("Intervals are of 1000 bootstrap draws over test images."));
  }

  /** Points of three groups in panels. */
  public static Figure.Scatter scatter(String id, String axis, int columns, int panels) {
    var random = new Random(3);
    List<Figure.Panel> all = new ArrayList<>();
    String[] names = {"airplane", "automobile", "bird", "cat", HOSTILE};
    for (int p = 0; p < panels; p++) {
      List<Figure.Group> groups = new ArrayList<>();
      for (int g = 0; g < names.length; g++) {
        double x = 3 * Math.cos(g + p);
        double y = 2 * Math.sin(g + p);
        groups.add(
            new Figure.Group(
                names[g],
                IntStream.range(0, 60)
                    .mapToObj(
                        i ->
                            new Figure.Point(
                                x + random.nextGaussian() * 0.8,
                                y + random.nextGaussian() * 0.5,
                                "image " + i))
                    .toList()));
      }
      all.add(new Figure.Panel("seed " + p, axis, axis.isEmpty() ? "" : "accuracy", groups));
    }
    return new Figure.Scatter(
        id, "Latent spaces over seeds", "Rotated, but alike within.", columns, all);
  }

  /** Three curves with bands. */
  public static Figure.Lines lines() {
    List<Figure.Curve> curves = new ArrayList<>();
    String[] names = {"relative", "coordinates", "absolute " + HOSTILE};
    for (int c = 0; c < names.length; c++) {
      List<Figure.Mark> marks = new ArrayList<>();
      for (int n : new int[] {10, 30, 100, 300, 1000}) {
        double y = 0.2 + (0.25 - 0.07 * c) * Math.log10(n);
        marks.add(new Figure.Mark(n, y, OptionalDouble.of(0.04 / (1 + c))));
      }
      curves.add(new Figure.Curve(names[c], marks));
    }
    return new Figure.Lines(
        "anchors",
        "Accuracy by the number of anchors",
        "More anchors help, bands are one" + " standard deviation over seeds.",
        "anchors",
        "accuracy",
        true,
        curves);
  }

  /** A matrix with one place that was not measured. */
  public static Figure.HeatMap heatMap(int rows, int columns) {
    List<List<OptionalDouble>> values = new ArrayList<>();
    for (int r = 0; r < rows; r++) {
      List<OptionalDouble> row = new ArrayList<>();
      for (int c = 0; c < columns; c++) {
        row.add(
            r == 1 && c == 2
                ? OptionalDouble.empty()
                : OptionalDouble.of((r + c) / (rows + columns - 2.0)));
      }
      values.add(row);
    }
    return new Figure.HeatMap(
        "grid",
        "Accuracy of each encoder in each head",
        "Rows are plugged into columns.",
        "encoder",
        "decoder",
        IntStream.range(0, rows).mapToObj(i -> "encoder-" + i).toList(),
        IntStream.range(0, columns).mapToObj(i -> i == 0 ? HOSTILE : "multilingual-" + i).toList(),
        values,
        2,
        "accuracy");
  }

  /** Small coloured images. */
  public static Figure.Pictures pictures() {
    List<List<RgbImage>> images = new ArrayList<>();
    for (int r = 0; r < 3; r++) {
      List<RgbImage> row = new ArrayList<>();
      for (int c = 0; c < 8; c++) {
        byte[] pixels = new byte[3 * 32 * 32];
        for (int i = 0; i < 32 * 32; i++) {
          pixels[3 * i] = (byte) (i % 32 * 8);
          pixels[3 * i + 1] = (byte) (r == 1 ? new Random(i).nextInt() : i / 32 * 8);
          pixels[3 * i + 2] = (byte) (c * 30);
        }
        row.add(RgbImage.wrap(32, 32, pixels));
      }
      images.add(row);
    }
    return new Figure.Pictures(
        "pictures",
        "Reconstructions",
        "Source, absolute and relative.",
        List.of("source", "absolute", "relative"),
        IntStream.range(0, 8).mapToObj(i -> "im " + i).toList(),
        images);
  }
}
