// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.experiments;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.djlstitch.core.StitchException;
import io.github.djlstitch.core.measure.MeasureKind;
import io.github.djlstitch.core.measure.Metric;
import io.github.djlstitch.core.measure.SpaceMeasure;
import io.github.djlstitch.core.relative.AnchoredSpace;
import io.github.djlstitch.core.relative.Similarity;
import io.github.djlstitch.core.space.AnchorSelector;
import io.github.djlstitch.core.space.Anchors;
import io.github.djlstitch.core.space.LatentSpace;
import io.github.djlstitch.core.stitch.BridgeOptions;
import io.github.djlstitch.core.stitch.Decoder;
import io.github.djlstitch.core.stitch.EncodedDataset;
import io.github.djlstitch.core.stitch.HeadRecipe;
import io.github.djlstitch.core.stitch.Method;
import io.github.djlstitch.core.stitch.StitchDefaults;
import io.github.djlstitch.core.stitch.Stitching;
import io.github.djlstitch.decoders.HeadOptions;
import io.github.djlstitch.encoders.options.Pooling;
import io.github.djlstitch.report.Figure;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The map of layers, on made-up images and two tiny transformers of other widths. */
final class LayerMapTest {
  private static final int ANCHORS = 12;
  @TempDir static Path folder;
  private static String narrow;
  private static String wide;
  private static String images;
  private static Findings found;

  @BeforeAll
  static void run() throws IOException {
    narrow = TinyVit.write(folder.resolve("narrow"), 8, 1);
    wide = TinyVit.write(folder.resolve("wide"), 12, 2);
    images = TinyImages.write(folder.resolve("images"), 30);
    found = Experiments.named("layers").run(lab());
  }

  @Test
  void bothWaysAreMapped() {
    assertEquals(10, found.figures().size());
    assertEquals("pair1-relative", found.figures().get(0).id());
    assertEquals(List.of("narrow layer", "wide layer"), axes(map("pair1-cka")));
    assertEquals(List.of("wide layer", "narrow layer"), axes(map("pair2-cka")));
    assertEquals(map("pair1-cka").rows().size(), found.tables().get(0).rows().size());
    assertEquals(12, found.claims().size());
  }

  @Test
  void aCellIsTheStitchingOfTheTwoLayersReadAlone() {
    Figure.HeatMap cka = map("pair1-cka");
    int last = cka.columns().size() - 1;
    assertEquals("0", cka.rows().get(0));
    EncodedDataset from = layer(narrow, 0);
    EncodedDataset to = layer(wide, -1);
    double expected =
        SpaceMeasure.of(MeasureKind.CKA_UNBIASED).of(from.test().vectors(), to.test().vectors());
    assertEquals(expected, value(cka, 0, last), 1e-5);
    for (Method method : List.of(Method.RELATIVE, Method.COORDINATES)) {
      Figure.HeatMap accuracy = map("pair1-" + method.id());
      assertEquals(accuracy(method, from, to), value(accuracy, 0, last), 1e-9, method.id());
      Method plain = method == Method.COORDINATES ? Method.ABSOLUTE : method;
      double own = accuracy(plain, to, to);
      double kept = value(map("pair1-" + method.id() + "-kept"), 0, last);
      assertEquals(value(accuracy, 0, last) / own, kept, 1e-9, method.id());
    }
  }

  @Test
  void aRunAgainGivesTheSame() {
    assertEquals(found, Experiments.named("layers").run(lab()));
  }

  @Test
  void oneEncoderIsRefused() {
    var e =
        assertThrows(
            StitchException.class,
            () ->
                Experiments.named("layers")
                    .run(TestLab.keepingIn(folder.resolve("cache")).encoders(narrow).open()));
    assertTrue(String.valueOf(e.getMessage()).contains("two or more"), e.getMessage());
  }

  private static double accuracy(Method method, EncodedDataset from, EncodedDataset to) {
    LatentSpace train = to.train();
    Anchors anchors = AnchorSelector.UNIFORM.select(train, ANCHORS, 0);
    HeadOptions how = PlainHead.linear();
    Decoder head =
        new HeadRecipe(
                method.reads(), Similarity.cosine(), StitchDefaults.centering(), how.head(), 0)
            .make(train, anchors, lab().zoo().heads(how));
    int[] predicted =
        Stitching.of(
                method,
                AnchoredSpace.of(from.train(), anchors),
                AnchoredSpace.of(train, anchors),
                BridgeOptions.defaults(),
                head)
            .predict(from.test().vectors());
    return Metric.ACCURACY.of(to.test().labels(), predicted, to.test().classes().size());
  }

  private static EncodedDataset layer(String encoder, int layer) {
    Lab lab = lab();
    return lab.zoo()
        .reading(how -> how.withPooling(Pooling.MEAN).withLayer(layer))
        .encode(encoder, lab.data(lab.part(2000, 500), images));
  }

  private static Figure.HeatMap map(String id) {
    return found.figures().stream()
        .filter(figure -> figure.id().equals(id))
        .map(Figure.HeatMap.class::cast)
        .findFirst()
        .orElseThrow();
  }

  private static List<String> axes(Figure.HeatMap map) {
    return List.of(map.rowTitle(), map.columnTitle());
  }

  private static double value(Figure.HeatMap map, int row, int column) {
    return map.values().get(row).get(column).orElseThrow();
  }

  private static Lab lab() {
    return TestLab.keepingIn(folder.resolve("cache"))
        .encoders(narrow, wide)
        .dataset(images)
        .anchors(ANCHORS)
        .seeds(0, 1)
        .open();
  }
}
