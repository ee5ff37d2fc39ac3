// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.experiments;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.djlstitch.core.FloatMatrix;
import io.github.djlstitch.core.space.LatentSpace;
import io.github.djlstitch.core.space.Provenance;
import io.github.djlstitch.core.stitch.EncodedDataset;
import io.github.djlstitch.report.Cell;
import io.github.djlstitch.report.Figure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class SupervisionTest {
  private static final List<String> NOUNS = List.of("cat", "car", "dog", "bus", "cow", "van");

  @TempDir Path folder;

  private static String questions(int from, int to) {
    StringBuilder lines = new StringBuilder();
    for (int i = from; i < to; i++) {
      lines.append(i % 2 == 0 ? "ENTY:animal How old is " : "NUM:money What costs ");
      lines.append(NOUNS.get(i % NOUNS.size())).append(" number ").append(i).append(" ?\n");
    }
    return lines.toString();
  }

  private Findings run(String cache) {
    Lab lab = TestLab.keepingIn(folder.resolve(cache)).data(folder).anchors(6).seeds(0, 2).open();
    return Experiments.named("supervision").run(lab);
  }

  @Test
  void itIsTheSameAgainAndResumes() throws IOException {
    Path trec = Files.createDirectory(folder.resolve("trec"));
    Files.writeString(trec.resolve("train_5500.label"), questions(0, 60));
    Files.writeString(trec.resolve("TREC_10.label"), questions(60, 80));
    Findings once = run("cache");
    assertEquals(once, run("cache"));
    assertEquals(9, once.claims().size());
    List<List<Cell>> rows = once.tables().get(0).rows();
    assertEquals(3 * 6, rows.size());
    for (List<Cell> row : rows) {
      double test = row.get(4).value().orElseThrow();
      assertTrue(test >= 0 && test <= 1, row.get(4)::shown);
    }
    Figure.Lines figure = (Figure.Lines) once.figures().get(0);
    assertEquals(4, figure.curves().size());
    assertTrue(figure.hasBands());
  }

  @Test
  void labeledValidationAndAnchorsAreApartAndNested() {
    int count = 200;
    int[] labels = IntStream.range(0, count).map(i -> i % 10 == 0 ? 1 : 0).toArray();
    float[] values = new float[3 * count];
    for (int i = 0; i < values.length; i++) {
      values[i] = (i * 7919 % 101) - 50;
    }
    var space =
        LatentSpace.of(
            IntStream.range(0, count).mapToObj(i -> "s" + i).toList(),
            labels,
            List.of("many", "few"),
            FloatMatrix.of(count, 3, values),
            new Provenance("e", "e", "d", "d", "train", "here"));
    var few = new FewLabels(new EncodedDataset(space, space), 1);
    assertEquals(40, few.validation().length);
    Set<Integer> pool = set(few.pool());
    assertEquals(160, pool.size());
    assertTrue(Arrays.stream(few.validation()).noneMatch(pool::contains));
    int[] ten = few.labeled(10);
    int[] most = few.labeled(1000);
    assertEquals(10, Arrays.stream(ten).filter(i -> labels[i] == 0).count());
    assertEquals(pool, set(most));
    assertTrue(set(few.labeled(30)).containsAll(set(ten)));
    assertArrayEquals(ten, new FewLabels(new EncodedDataset(space, space), 1).labeled(10));
    int[] anchors = few.anchors(ten, 8);
    assertEquals(8, set(anchors).size());
    assertTrue(set(ten).containsAll(set(anchors)));
    assertEquals(8, few.relative(anchors).columns());
    assertEquals(1, few.relative(anchors).get(anchors[3], 3), 1e-6);
  }

  private static Set<Integer> set(int[] rows) {
    return Arrays.stream(rows).boxed().collect(Collectors.toSet());
  }
}
