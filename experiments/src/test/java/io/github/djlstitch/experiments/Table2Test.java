// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.experiments;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.djlstitch.core.StitchException;
import io.github.djlstitch.report.Cell;
import java.awt.Color;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class Table2Test {
  @TempDir Path folder;

  @Test
  void imagesAtHandAreTrainedBothWaysAndKept() throws IOException {
    twoColours(folder.resolve("cifar10"));
    TestLab lab = lab();
    Findings first = new Table2().run(lab.open());
    var row = first.tables().get(0).rows().get(0);
    assertEquals("cifar10", row.get(0).shown());
    assertTrue(row.get(2).value().orElseThrow() > 0.5, row.toString());
    // The paper's own numbers stand beside ours.
    assertEquals(List.of("0.879", "0.877"), row.subList(4, 6).stream().map(Cell::shown).toList());
    // Three graphs are not at hand.
    assertEquals(3, lab.told.stream().filter(line -> line.contains("left out")).count());
    Findings again = new Table2().run(lab().open());
    assertEquals(first.tables(), again.tables());
    assertEquals(first.claims(), again.claims());
    assertFalse(first.notes().isEmpty());
  }

  @Test
  void nothingAtHandSaysWhatToFetch() {
    var refusal = assertThrows(StitchException.class, () -> new Table2().run(lab().open()));
    assertEquals(StitchException.Kind.UNAVAILABLE, refusal.kind());
    assertTrue(refusal.getMessage().contains("--data FOLDER"), refusal.getMessage());
  }

  private static void twoColours(Path data) throws IOException {
    var random = new Random(1);
    Files.createDirectories(data);
    for (String part : List.of("train", "test")) {
      Path archive = data.resolve(part + ".zip");
      try (var zip = new ZipOutputStream(Files.newOutputStream(archive))) {
        for (int i = 0; i < (part.equals("train") ? 400 : 24); i++) {
          Color color = i % 2 == 0 ? Color.RED : Color.BLUE;
          zip.putNextEntry(new ZipEntry(part + "/c" + i % 2 + "/" + i + ".png"));
          var image = new BufferedImage(8, 8, BufferedImage.TYPE_INT_RGB);
          for (int p = 0; p < 64; p++) {
            image.setRGB(p % 8, p / 8, color.getRGB() ^ random.nextInt(1 << 6));
          }
          ImageIO.write(image, "png", zip);
        }
      }
    }
  }

  private TestLab lab() {
    return TestLab.keepingIn(folder.resolve("cache")).data(folder).anchors(6).seeds(0, 1);
  }
}
