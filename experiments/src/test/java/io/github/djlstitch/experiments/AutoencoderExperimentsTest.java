// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.experiments;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.djlstitch.core.FloatMatrix;
import io.github.djlstitch.core.StitchException;
import io.github.djlstitch.report.Figure;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** On a folder of small images of two classes. */
class AutoencoderExperimentsTest {
  private static final int IMAGES = 10;

  @TempDir Path folder;

  @BeforeEach
  void images() throws IOException {
    for (String split : List.of("train", "test")) {
      for (int label = 0; label < 2; label++) {
        Path place = Files.createDirectories(folder.resolve("images/" + split + "/class" + label));
        for (int i = 0; i < IMAGES; i++) {
          var image = new BufferedImage(32, 32, BufferedImage.TYPE_INT_RGB);
          for (int p = 0; p < 32 * 32; p++) {
            int value = (label == 0 ? p % 32 : p / 32) * (i + 1) % 200 + split.length();
            image.setRGB(p % 32, p / 32, value << 16 | value << 8 | (255 - value));
          }
          ImageIO.write(image, "png", place.resolve(i + ".png").toFile());
        }
      }
    }
  }

  private Lab lab(int seeds) {
    return TestLab.keepingIn(folder.resolve("cache"))
        .dataset("imagefolder:" + folder.resolve("images"))
        .anchors(8)
        .seeds(3, seeds)
        .open();
  }

  @Test
  void tableHasEveryModelAndTheGridEveryRow() {
    Findings found = new Table3().run(lab(2));
    assertEquals(4, found.tables().get(0).rows().size());
    assertEquals(2, found.claims().size());
    var pictures = (Figure.Pictures) found.figures().get(0);
    assertEquals(9, pictures.rows().size());
    assertEquals(List.of("class0", "class1"), pictures.columns());
    assertEquals(9, pictures.images().size());
    assertEquals(5, found.figures().size());
    Findings again = new Table3().run(lab(2));
    assertEquals(found.tables(), again.tables());
  }

  @Test
  void stitchingNeedsTwoSeeds() {
    var refusal = assertThrows(StitchException.class, () -> new Table3().run(lab(1)));
    assertTrue(refusal.getMessage().contains("--seeds 2"), refusal.getMessage());
  }

  @Test
  void figuresHaveAPanelForEachSeed() {
    var plain = (Figure.Scatter) new Figure1().run(lab(2)).figures().get(0);
    assertEquals(List.of("seed 3", "seed 4"), plain.panels().stream().map(p -> p.title()).toList());
    assertEquals(2, plain.panels().get(0).groups().size());
    assertEquals(IMAGES, plain.panels().get(0).groups().get(0).points().size());
    var axes = (Figure.Scatter) new Figure5().run(lab(2)).figures().get(0);
    assertEquals(4, axes.panels().size());
    assertEquals(2, axes.columns());
    assertEquals(
        axes.panels().get(0).groups(), axes.panels().get(2).groups(), "the first space's own axes");
  }

  @Test
  void turnedSpaceIsAlikeInDistancesOnly() {
    var space = FloatMatrix.of(4, 2, 1, 0, 0, 2, -3, 0, 0, -1);
    var turned = FloatMatrix.of(4, 2, 0, 1, -2, 0, 0, -3, 1, 0);
    SpaceAgreement agreement = SpaceAgreement.of(List.of(space, turned));
    assertEquals(1, agreement.distances().mean(), 1e-9);
    assertEquals(0, agreement.cosines().mean(), 1e-9);
  }
}
