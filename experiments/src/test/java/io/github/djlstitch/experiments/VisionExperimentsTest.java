// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.experiments;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.djlstitch.report.Cell;
import io.github.djlstitch.report.Figure;
import io.github.djlstitch.report.Table;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The experiments on frozen image encoders, of two widths, on made-up images. */
final class VisionExperimentsTest {
  @TempDir static Path folder;
  private static String narrow;
  private static String wide;
  private static String images;

  @BeforeAll
  static void make() throws IOException {
    narrow = TinyVit.write(folder.resolve("narrow"), 8, 1);
    wide = TinyVit.write(folder.resolve("wide"), 12, 2);
    images = TinyImages.write(folder.resolve("images"), 30);
  }

  @Test
  void table8FindsNeighborsInRelativeSpacesOnly() {
    Findings found = new Table8().run(lab());
    Table table = found.tables().get(0);
    List<Cell> absolute = table.rows().get(0);
    assertEquals(List.of("narrow", "wide", "absolute"), words(absolute));
    assertEquals(Cell.absent(), absolute.get(3), "8 and 12 wide");
    List<Cell> uniform = table.rows().get(1);
    assertEquals(List.of("narrow", "wide", "uniform"), words(uniform));
    double mrr = uniform.get(4).value().orElseThrow();
    assertTrue(mrr > 0 && mrr <= 1, () -> "MRR " + mrr);
    assertTrue(uniform.get(7).value().orElseThrow() > 0.5, "cosine of a sample's own two vectors");
    assertEquals(found, new Table8().run(lab()));
  }

  @Test
  void table6LeavesOutWhatIsImpossible() {
    Findings found = new Table6().run(lab());
    Table table = found.tables().get(0);
    for (List<Cell> row : table.rows()) {
      assertTrue(row.get(3).value().isPresent(), "native absolute");
      assertEquals(Cell.absent(), row.get(4), "stitched absolute, 8 and 12 wide");
      assertTrue(row.get(6).value().isPresent(), "stitched relative");
    }
    assertEquals(found, new Table6().run(lab()));
  }

  @Test
  void table6RunsOnTheNamedDataSetsWhereTheyAreAtHand() throws IOException {
    Path data = folder.resolve("data");
    TinyImages.cifar100(data.resolve("cifar100"), 60, 30);
    TestLab lab = full(data);
    Findings without = new Table6().run(lab.open());
    assertEquals(List.of("table6", "table6-beyond", "table6-paper"), ids(without));
    assertTrue(lab.told.toString().contains("ImageNet is not at hand"), lab.told::toString);
    TinyImages.imageNet(data.resolve("imagenet-1k"), 20, 10);
    lab = full(data);
    Findings found = new Table6().run(lab.open());
    assertEquals(
        List.of(
            "table6", "table6-beyond", "table6-imagenet", "table6-imagenet-beyond", "table6-paper"),
        ids(found));
    String first = found.tables().get(0).title();
    assertTrue(first.startsWith("Ours on cifar100:") && first.endsWith(":coarse"), first);
    assertEquals("Ours on ImageNet", found.tables().get(2).title());
    assertEquals(found.tables().get(0).rows().size(), found.tables().get(2).rows().size());
    assertTrue(found.claims().stream().anyMatch(c -> c.statement().startsWith("ImageNet: ")));
    assertFalse(lab.told.toString().contains("not at hand"), lab.told::toString);
  }

  private static List<String> ids(Findings found) {
    return found.tables().stream().map(Table::id).toList();
  }

  private static TestLab full(Path data) {
    return TestLab.keepingIn(folder.resolve("full"))
        .data(data)
        .encoders(narrow, wide)
        .anchors(9)
        .seeds(0, 1)
        .full();
  }

  @Test
  void table18IsARunOfItsOwn() {
    Findings found = new Table18().run(lab());
    assertEquals("table18", found.tables().get(0).id());
    assertEquals(6, found.tables().get(0).rows().size());
    assertTrue(found.claims().get(0).statement().startsWith("images: "));
  }

  @Test
  void figure6RunsOnImagesIfTheirEncodersAreAtHand() {
    Findings found = new Figure6Frozen().run(lab());
    var lines = (Figure.Lines) found.figures().get(0);
    assertEquals(4, lines.curves().size());
    assertTrue(lines.curves().get(0).marks().size() > 3);
  }

  private static List<String> words(List<Cell> row) {
    return row.subList(0, 3).stream().map(Cell::shown).toList();
  }

  private static Lab lab() {
    return TestLab.keepingIn(folder.resolve("cache"))
        .dataset(images)
        .encoders(narrow, wide)
        .anchors(9)
        .seeds(0, 2)
        .open();
  }
}
