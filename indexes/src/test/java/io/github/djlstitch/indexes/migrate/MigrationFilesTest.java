// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.indexes.migrate;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.djlstitch.core.FloatMatrix;
import io.github.djlstitch.core.Progress;
import io.github.djlstitch.core.StitchException;
import io.github.djlstitch.core.migrate.ForeignVectors;
import io.github.djlstitch.core.migrate.Judgments;
import io.github.djlstitch.core.migrate.MigrationPlan;
import io.github.djlstitch.core.migrate.MigrationPlan.Verdict;
import io.github.djlstitch.core.migrate.MigrationSettings;
import io.github.djlstitch.core.migrate.MigrationStudy;
import io.github.djlstitch.core.migrate.Side;
import io.github.djlstitch.core.migrate.SpaceId;
import io.github.djlstitch.core.migrate.VectorPopulation;
import io.github.djlstitch.indexes.IndexColumns;
import io.github.djlstitch.indexes.IndexFormat;
import io.github.djlstitch.indexes.JudgmentsFile;
import io.github.djlstitch.indexes.RowBlock;
import io.github.djlstitch.indexes.TextFile;
import io.github.djlstitch.indexes.VectorSink;
import io.github.djlstitch.indexes.VectorSource;
import io.github.djlstitch.indexes.migrate.IndexCheck.RowReport;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Files around a migration: texts, judgments, plans, checks of an index and reports on its rows.
 */
final class MigrationFilesTest {
  private static final int WIDTH = 16;

  @TempDir Path folder;

  private Path file(String name, String content) throws IOException {
    return Files.writeString(folder.resolve(name), content);
  }

  private static void assertRefused(Runnable action, String... parts) {
    StitchException refused = assertThrows(StitchException.class, action::run);
    assertEquals(StitchException.Kind.BAD_INPUT, refused.kind(), refused.getMessage());
    for (String part : parts) {
      assertTrue(refused.getMessage().contains(part), refused.getMessage());
    }
    assertEquals(1, refused.getMessage().lines().count());
  }

  @Test
  void textsAreReadByIdInAnyOrder() throws IOException {
    var tabs = new TextFile(file("a.tsv", "1\tone\r\n\n2\ttwo\tand a half\n3\tthree"));
    var json =
        new TextFile(
            file(
                "b.jsonl",
                """
                {"_id": "1", "title": "One", "text": "first"}
                {"id": "2", "text": "second", "metadata": {}}
                """));

    assertEquals(List.of("three", "one"), tabs.of(List.of("3", "1")));
    assertEquals(Map.of("1", "one", "2", "two\tand a half", "3", "three"), tabs.all());
    assertEquals(List.of("second", "One first"), json.of(List.of("2", "1")));
  }

  @Test
  void mistakesInTextsAreNamed() throws IOException {
    var tabs = new TextFile(file("a.tsv", "1\tone\n2 two\n"));
    assertRefused(tabs::all, "line 2", "a tab");
    assertRefused(() -> new TextFile(folder.resolve("none.tsv")).all(), "none.tsv");
    assertRefused(new TextFile(file("twice.tsv", "1\ta\n1\tb\n"))::all, "'1' twice");
    assertRefused(new TextFile(file("empty.tsv", "\n"))::all, "is empty");
    var known = new TextFile(file("c.tsv", "1\tone\n"));
    assertRefused(() -> known.of(List.of("1", "7")), "'7'", "1 of 2");
    assertRefused(
        new TextFile(file("d.jsonl", "{\"_id\": \"1\"}\n"))::all, "line 1", "_id and text");
    Path latin = folder.resolve("latin.tsv");
    Files.write(latin, new byte[] {'1', '\t', (byte) 0xe9, '\n'});
    assertRefused(new TextFile(latin)::all, "UTF-8");
    Path packed = folder.resolve("packed.tsv");
    Files.write(packed, new byte[] {0x1f, (byte) 0x8b, 8, 0});
    assertRefused(new TextFile(packed)::all, "gzip");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "q1\td1\t2\nq1\td2\t0\nq2\td1\t1\n",
        "query-id\tcorpus-id\tscore\nq1\td1\t2\nq1\td2\t0\n\nq2\td1\t1\n",
        "q1 0 d1 2\nq1 0 d2 0\nq2 0 d1 1",
        "q1 d1 1\nq1 d1 2\nq1 d2 0\nq2 d1 1\n"
      })
  void judgmentsOfAllKindsAreTheSame(String content) throws IOException {
    Judgments read = JudgmentsFile.read(file("qrels.txt", content));

    assertEquals(Map.of("q1", Map.of("d1", 2, "d2", 0), "q2", Map.of("d1", 1)), read.gains());
  }

  @Test
  void mistakesInJudgmentsAreNamed() throws IOException {
    Path wrong = file("a", "q d 1\nq d one\n");
    assertRefused(() -> JudgmentsFile.read(wrong), "line 2", "whole number");
    Path five = file("b", "q 0 d 1 x\n");
    assertRefused(() -> JudgmentsFile.read(five), "no judgment");
    Path two = file("c", "q d 1\nq 1\n");
    assertRefused(() -> JudgmentsFile.read(two), "line 2");
    assertRefused(() -> JudgmentsFile.read(folder.resolve("none")), "none");
  }

  private static FloatMatrix vectors(int rows, long encoder, long seed) {
    var direction = new Random(encoder);
    float[] mean = new float[WIDTH];
    for (int j = 0; j < WIDTH; j++) {
      mean[j] = (float) (5 * direction.nextGaussian());
    }
    var random = new Random(seed);
    float[] values = new float[rows * WIDTH];
    for (int i = 0; i < values.length; i++) {
      values[i] = mean[i % WIDTH] + (float) random.nextGaussian();
    }
    return FloatMatrix.wrap(rows, WIDTH, values);
  }

  private VectorSource source(FloatMatrix rows, String name) throws IOException {
    Path parts = Files.createDirectories(folder.resolve(name + ".parts"));
    IndexColumns columns = IndexColumns.usual();
    Path place = folder.resolve(name + ".jsonl");
    try (VectorSink sink = IndexFormat.JSONL.create(parts, "x", rows.columns(), true, columns)) {
      sink.append(
          new RowBlock(
              0,
              rows,
              IntStream.range(0, rows.rows()).mapToObj(i -> "id-" + i).toList(),
              IntStream.range(0, rows.rows()).mapToObj(i -> "text " + i).toList(),
              List.of()));
      sink.endPart();
      Files.move(sink.finish(), place);
    }
    return IndexFormat.JSONL.open(place, columns);
  }

  @Test
  void rowsAreFoundByTheirNumbers() throws IOException {
    FloatMatrix vectors = vectors(300, 1, 2);
    try (VectorSource source = source(vectors, "rows")) {
      IndexRows rows = IndexRows.of(source);
      long[] wanted = {0, 1, 2, 77, 299};

      assertEquals(List.of("id-0", "id-1", "id-2", "id-77", "id-299"), rows.ids(wanted));
      assertEquals("text 77", rows.texts(wanted).get(3));
      assertArrayEquals(
          vectors.select(new int[] {0, 1, 2, 77, 299}).toArray(),
          rows.select(wanted).toArray(),
          1e-6f);
      assertEquals(WIDTH, rows.width());
      assertEquals(10, rows.first(10).rows());
      assertRefused(() -> rows.ids(new long[] {300}), "no row 300");
    }
  }

  @Test
  void aPlanComesBackAndSaysIfAFileIsNotItsOwn() throws IOException {
    FloatMatrix old = vectors(300, 1, 2);
    FloatMatrix fresh = vectors(300, 3, 4);
    try (VectorSource source = source(old, "old")) {
      MigrationPlan plan =
          MigrationStudy.of(
              new MigrationSettings(
                  150, List.of(Side.DOCUMENTS), MigrationSettings.DEFAULT_DEPTHS, .95, 0),
              IndexRows.of(source),
              rows -> fresh.select(Arrays.stream(rows).mapToInt(row -> (int) row).toArray()),
              Optional.empty(),
              sample -> Optional.empty(),
              Progress.NONE);
      Path place = Files.createDirectories(folder.resolve("plan"));
      PlanFile saved = PlanFile.save(place, "old", SpaceId.named("a"), SpaceId.named("b"), plan);

      PlanFile loaded = PlanFile.load(place);
      assertEquals(saved, loaded);
      assertEquals(Verdict.NONE, loaded.side(Side.DOCUMENTS).verdict());
      assertArrayEquals(
          plan.bridge(Side.DOCUMENTS).bridge().apply(old).toArray(),
          loaded.bridge(Side.DOCUMENTS).apply(old).toArray(),
          1e-5f);
      assertEquals(WIDTH, loaded.population().width());
      assertEquals("b from a", loaded.reached(Side.DOCUMENTS).name());
      assertThrows(StitchException.class, () -> loaded.bridge(Side.QUERIES));

      Path bridge = place.resolve("documents.safetensors");
      byte[] bytes = Files.readAllBytes(bridge);
      bytes[bytes.length - 1] ^= 1;
      Files.write(bridge, bytes);
      assertEquals(
          StitchException.Kind.VERIFICATION,
          assertThrows(StitchException.class, () -> PlanFile.load(place)).kind());
    }
  }

  @Test
  void aMixedIndexIsFoundByACardAndByItself() throws IOException {
    FloatMatrix own = vectors(900, 1, 2);
    FloatMatrix mixed = FloatMatrix.concatRows(own, vectors(300, 9, 3));
    try (VectorSource clean = source(own, "clean");
        VectorSource both = source(mixed, "mixed")) {
      IndexCheck cleanCheck = IndexCheck.of(IndexRows.of(clean), 0, Progress.NONE);
      IndexCheck check = IndexCheck.of(IndexRows.of(both), 0, Progress.NONE);
      VectorPopulation card = VectorPopulation.of(vectors(1000, 1, 5));

      assertEquals(
          IndexCheck.Verdict.CLEAN, cleanCheck.verdict(cleanCheck.compare(card, RowReport.NONE)));
      Path report = folder.resolve("rows.tsv");
      ForeignVectors.Finding finding =
          RowFile.write(
              Optional.of(report),
              rows -> {
                ForeignVectors.Finding found = check.compare(card, rows);
                assertFalse(Files.exists(report), "not before it is whole");
                return found;
              });
      assertEquals(IndexCheck.Verdict.MIXED, check.verdict(finding));
      List<String> lines = Files.readAllLines(report);
      assertEquals(1201, lines.size());
      assertTrue(lines.get(1200).endsWith("beyond"), lines.get(1200));
      assertTrue(check.kinds().two());
      assertFalse(cleanCheck.kinds().two());
      var cards = List.of(card, VectorPopulation.of(vectors(1000, 9, 6)));
      assertTrue(check.assign(cards, List.of("a", "b"), RowReport.NONE).isMixed());
      assertEquals(50, check.some(50).length);
    }
  }

  @Test
  void aFewEditedTextsAreNoOtherEncoder() {
    assertEquals(IndexCheck.Verdict.CLEAN, IndexCheck.encoded(0, 40));
    assertEquals(IndexCheck.Verdict.CLEAN, IndexCheck.encoded(12, 1000)); // from .0062 on
    assertEquals(IndexCheck.Verdict.MIXED, IndexCheck.encoded(20, 1000)); // from .0123 on
    assertEquals(IndexCheck.Verdict.MIXED, IndexCheck.encoded(500, 1000));
  }

  @Test
  void plainFactsAreCounted() throws IOException {
    float[] values = new float[5 * WIDTH];
    Arrays.fill(values, 0, 2 * WIDTH, 2); // two alike, of length 8
    values[2 * WIDTH] = Float.NaN;
    Arrays.fill(values, 4 * WIDTH, 5 * WIDTH, 1); // of length 4
    var tally = new RowTally();
    tally.add(RowBlock.numbered(0, FloatMatrix.wrap(5, WIDTH, values)));

    assertEquals(5, tally.rows());
    assertEquals(1, tally.notFinite());
    assertEquals(1, tally.zero());
    assertEquals(1, tally.duplicates());
    assertEquals(20 / 3.0, tally.meanNorm(), 1e-6);
    assertEquals(4, tally.shortest(), 1e-6);
    assertEquals(8, tally.longest(), 1e-6);
    assertEquals(Math.sqrt(32 / 9.0), tally.deviation(), 1e-6);
  }

  @Test
  void aRowFileThatCannotBeWrittenIsOneRefusal() throws IOException {
    assertEquals("done", RowFile.write(Optional.empty(), rows -> "done"));
    Path inTheWay = Files.writeString(folder.resolve("file"), "");
    StitchException refused =
        assertThrows(
            StitchException.class,
            () -> RowFile.write(Optional.of(inTheWay.resolve("rows.tsv")), rows -> "done"));
    assertEquals(StitchException.Kind.RESOURCES, refused.kind());
  }
}
