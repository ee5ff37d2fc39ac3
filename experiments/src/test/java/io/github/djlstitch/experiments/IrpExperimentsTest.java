// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.experiments;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.djlstitch.core.StitchException;
import io.github.djlstitch.report.Cell;
import io.github.djlstitch.report.Figure;
import io.github.djlstitch.report.Table;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The experiments on the IRP page, on made-up images and sentences. */
final class IrpExperimentsTest {
  private static final int ANCHORS = 12;
  @TempDir static Path folder;
  private static String narrow;
  private static String wide;
  private static String images;

  @BeforeAll
  static void make() throws IOException {
    narrow = TinyVit.write(folder.resolve("narrow"), 8, 1);
    wide = TinyVit.write(folder.resolve("wide"), 12, 2);
    images = TinyImages.write(folder.resolve("images"), 30);
    trec();
    for (String language : List.of("eng_Latn", "spa_Latn")) {
      sib(language);
    }
  }

  private static void trec() throws IOException {
    Path trec = Files.createDirectories(folder.resolve("data/trec"));
    Files.writeString(trec.resolve("train_5500.label"), questions(70));
    Files.writeString(trec.resolve("TREC_10.label"), questions(10));
  }

  private static String questions(int count) {
    var lines = new StringBuilder();
    for (int i = 0; i < count; i++) {
      lines.append(i % 2 == 0 ? "HUM:ind Who won race " : "LOC:city Where is town ");
      lines.append(i).append(" of ").append(count).append(" ?\n");
    }
    return lines.toString();
  }

  private static void sib(String language) throws IOException {
    Path own = Files.createDirectories(folder.resolve("data/sib200").resolve(language));
    for (int part = 0; part < 2; part++) {
      var lines = new StringBuilder("index_id\tcategory\ttext\n");
      for (int i = 0; i < (part == 0 ? 24 : 8); i++) {
        int id = part * 100 + i;
        lines.append(id).append(i % 2 == 0 ? "\tsports\t" : "\ttravel\t");
        lines.append(language.startsWith("eng") ? "team number " : "equipo numero ");
        lines.append(id).append("\n");
      }
      Files.writeString(own.resolve(part == 0 ? "train.tsv" : "test.tsv"), lines.toString());
    }
  }

  @Test
  void stitchingOverDataSetsGivesTheSameTableTwice() {
    Findings once = run("irp-table2", images, narrow, wide);
    Table table = once.tables().get(0);
    assertEquals(1, table.rows().size());
    assertEquals(2, value(table, 0, "pairs"));
    assertEquals(0, value(table, 0, "abs. pairs"), "8 and 12 wide");
    assertEquals(Cell.absent(), cell(table, 0, "absolute"));
    assertTrue(value(table, 0, "non-stitch") > value(table, 0, "chance"));
    Figure.Scatter scatter = (Figure.Scatter) once.figures().get(0);
    assertEquals(8, scatter.panels().get(0).groups().get(0).points().size());
    assertEquals(once, run("irp-table2", images, narrow, wide));
  }

  @Test
  void reconstructionWithinASpaceIsBetterThanChance() {
    Findings found = run("irp-figure-recon", images, narrow, wide);
    Table table = found.tables().get(0);
    assertEquals(4, table.rows().size());
    for (int row : new int[] {0, 3}) {
      assertEquals(table.rows().get(row).get(0), table.rows().get(row).get(1));
      assertTrue(value(table, row, "IRP") > value(table, row, "chance") + .2);
    }
    assertTrue(value(table, 0, "kept anchors") <= ANCHORS);
    List<String> ids = found.figures().stream().map(Figure::id).toList();
    assertEquals(
        List.of(
            "vision-reconstruction",
            "vision-sensitivity-intra",
            "vision-sensitivity-inter",
            "vision-sensitivity-condition",
            "vision-sensitivity-kept"),
        ids);
    assertEquals(found, run("irp-figure-recon", images, narrow, wide));
  }

  @Test
  void accuracyOverDeltaAndOmegaIsThatOfTheStitchings() {
    Findings found = run("irp-figure-trec", images, narrow, wide);
    List<String> ids = found.figures().stream().map(Figure::id).toList();
    assertEquals(
        List.of("accuracy", "similarity", "condition", "kept", "similarity-accuracy"), ids);
    Table table = found.tables().get(0);
    assertEquals(32, table.rows().size());
    for (int row = 0; row < 4; row++) {
      assertEquals(ANCHORS, value(table, row, "kept anchors"), "delta 0");
      assertEquals(value(table, 0, "accuracy"), value(table, row, "accuracy"), "delta 0");
    }
    int row = 5 * 4 + 3;
    assertEquals(.85, value(table, row, "delta"));
    assertEquals(8, value(table, row, "omega"));
    List<Figure.Point> single = stitchings("delta 0.85, omega 8");
    assertEquals(2, single.size());
    assertEquals(mean(single, Figure.Point::y), value(table, row, "accuracy"), 1e-9);
    assertEquals(mean(single, Figure.Point::x), value(table, row, "similarity"), 1e-6);
    assertEquals(found, run("irp-figure-trec", images, narrow, wide));
  }

  private static List<Figure.Point> stitchings(String label) {
    var scatter = (Figure.Scatter) run("irp-table2", images, narrow, wide).figures().get(0);
    return scatter.panels().get(0).groups().get(0).points().stream()
        .filter(point -> point.label().endsWith(label))
        .toList();
  }

  private static double mean(List<Figure.Point> points, ToDoubleFunction<Figure.Point> value) {
    return points.stream().mapToDouble(value).average().orElse(Double.NaN);
  }

  @Test
  void normsAreThoseOfTheNetworkAlsoForSentenceEncoders() {
    Table table =
        run("irp-figure-norms", "trec:" + folder.resolve("data/trec"), "minilm").tables().get(0);
    assertEquals(80, value(table, 0, "samples"));
    assertTrue(value(table, 0, "mean") > 1.5, "not scaled to 1");
    assertTrue(value(table, 0, "std") > 0);
  }

  @Test
  void languagesAreReadWhereAtHand() {
    Lab lab = lab("minilm").open();
    Findings found = Experiments.named("irp-table1").run(lab);
    Table table = found.tables().get(0);
    assertEquals(2, table.rows().size());
    assertEquals(1, value(table, 0, "absolute"), 1e-6, "English with itself");
    assertTrue(value(table, 0, "IRP") > .5);
    assertEquals(.97, value(table, 1, "paper IRP"));
    assertTrue(lab.notes().stream().anyMatch(n -> n.contains("jpn_Jpan is not available")));
  }

  @Test
  void textsAndImagesMeet() {
    Findings found = run("irp-figure-crossmodal", images, narrow, "minilm");
    Table table = found.tables().get(0);
    assertEquals(1, value(table, 2, "pairs"), "image to text");
    assertEquals(1, value(table, 3, "pairs"), "text to image");
    assertTrue(found.notes().stream().anyMatch(n -> n.contains("weaker than the paper's")));
    assertEquals(found, run("irp-figure-crossmodal", images, narrow, "minilm"));
  }

  @Test
  void asifLearnsClassesFromPairsWithoutTraining() {
    Findings found = run("asif", images, narrow, "minilm");
    Table sizes = found.tables().get(0);
    assertTrue(value(sizes, 0, "accuracy") > .5, "three classes of different colours");
    Table heldOut = found.tables().get(2);
    assertEquals(3, value(heldOut, 0, "class pairs"));
    assertEquals(6, found.tables().get(3).rows().size());
    assertEquals(found, run("asif", images, narrow, "minilm"));
  }

  @Test
  void scalesOfEveryKindAreSwept() {
    Findings found = run("irp-figure-scale", "trec:" + folder.resolve("data/trec"), "minilm");
    Table within = found.tables().get(0);
    assertEquals(3, within.rows().size(), "layers below the last one");
    Table networks = found.tables().get(2);
    assertEquals(
        List.of("relu", "tanh", "cos", "head linear", "head mlp"),
        networks.rows().stream().map(r -> r.get(0).text()).toList());
    assertTrue(value(networks, 0, "1") > .9);
    assertEquals(value(networks, 4, "1"), value(networks, 4, "10"), "layer norm comes first");
  }

  @Test
  void imagesWithoutAnImageEncoderAreRefused() {
    for (String id : List.of("asif", "irp-figure-crossmodal")) {
      var refusal = assertThrows(StitchException.class, () -> run(id, images, "minilm"));
      assertEquals(StitchException.Kind.UNAVAILABLE, refusal.kind());
      assertTrue(refusal.getMessage().contains("zoo pull"), refusal.getMessage());
    }
  }

  private static Findings run(String id, String dataset, String... encoders) {
    return Experiments.named(id).run(lab(encoders).dataset(dataset).seeds(0, 1).open());
  }

  private static TestLab lab(String... encoders) {
    return TestLab.keepingIn(folder.resolve("cache"))
        .data(folder.resolve("data"))
        .encoders(encoders)
        .anchors(ANCHORS);
  }

  private static Cell cell(Table table, int row, String column) {
    return table.rows().get(row).get(table.columns().indexOf(column));
  }

  private static double value(Table table, int row, String column) {
    return cell(table, row, column)
        .value()
        .orElseThrow(() -> new AssertionError(column.toUpperCase(Locale.ROOT) + " is absent"));
  }
}
