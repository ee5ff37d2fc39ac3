// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.experiments;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.djlstitch.core.Progress;
import io.github.djlstitch.core.StitchException;
import io.github.djlstitch.core.measure.Measured;
import io.github.djlstitch.core.measure.Resampling;
import io.github.djlstitch.core.measure.SpaceComparison;
import io.github.djlstitch.core.measure.SpaceMeasure;
import io.github.djlstitch.core.measure.SpaceMeasure.Retrieval;
import io.github.djlstitch.core.relative.Centering;
import io.github.djlstitch.core.relative.RelativePipeline;
import io.github.djlstitch.core.relative.RelativeSpace;
import io.github.djlstitch.core.relative.Similarity;
import io.github.djlstitch.core.space.Anchors;
import io.github.djlstitch.core.space.LatentSpace;
import io.github.djlstitch.report.Cell;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The experiments on word vectors, on a small vocabulary and its rotated copy. */
class WordExperimentsTest {
  private static final int WORDS = 700;

  @TempDir Path folder;

  @Test
  void rotationIsInvisibleToRelativeSpacesOnly() throws IOException {
    Findings found = Experiments.named("table7").run(lab(files()));
    List<List<Cell>> rows = found.tables().get(0).rows();
    List<Cell> absolute = row(rows, "absolute");
    List<Cell> uniform = row(rows, "uniform");
    assertTrue(absolute.get(4).value().orElseThrow() < .2, absolute.toString());
    assertEquals(1, uniform.get(4).value().orElseThrow(), 1e-6);
    assertEquals(1, uniform.get(7).value().orElseThrow(), 1e-5);
    assertTrue(uniform.get(3).value().orElseThrow() > .99, uniform.toString());
    assertTrue(found.claims().stream().skip(1).allMatch(c -> c.holds()), found.claims().toString());
    assertEquals(2, found.figures().size());
  }

  @ParameterizedTest
  @ValueSource(strings = {"table1", "figure7", "figure8"})
  void sameSeedGivesTheSameTables(String id) throws IOException {
    List<Path> files = files();
    Experiment experiment = Experiments.named(id);
    Findings first = experiment.run(lab(files));
    Findings second = experiment.run(lab(files));
    assertEquals(first.tables(), second.tables());
    assertEquals(first.figures(), second.figures());
    assertEquals(first.claims(), second.claims());
  }

  // What 'stitch encode --relative' writes and 'stitch compare' measures is what table 1 has.
  @Test
  void relativeSpacesHaveTheNumbersOfTable1() throws IOException {
    Lab lab = lab(files(.4), 1);
    List<Cell> row = row(Experiments.named("table1").run(lab).tables().get(0).rows(), "uniform");
    List<LatentSpace> spaces = WordSpaces.of(lab, WORDS);
    Anchors anchors = AnchorStrategy.UNIFORM.choose(spaces.get(0), 40, lab.seeds(1, 1)[0]);
    var how = RelativePipeline.of(Similarity.cosine(), Centering.NONE);
    List<LatentSpace> relative =
        spaces.stream().map(s -> RelativeSpace.of(s, anchors, how).apply(s)).toList();
    List<Path> files = List.of(folder.resolve("a.safetensors"), folder.resolve("b.safetensors"));
    IntStream.range(0, 2).forEach(i -> relative.get(i).save(files.get(i)));
    List<SpaceMeasure> measures =
        Stream.of("jaccard", "mrr", "cosine").map(name -> SpaceMeasure.named(name, 10)).toList();
    var sides = SpaceComparison.sides(files, files.stream().map(LatentSpace::open).toList());
    List<Measured> found =
        SpaceComparison.run(sides, measures, false, new Resampling(0, 0, 0), Progress.NONE)
            .pairs()
            .get(0)
            .forward();
    int[] columns = {3, 4, 7};
    for (int i = 0; i < columns.length; i++) {
      double published = row.get(columns[i]).value().orElseThrow();
      assertEquals(published, found.get(i).value(), 1e-6, found.get(i).measure().id());
      assertTrue(published > .05 && published < .99, row.toString());
    }
  }

  @Test
  void vocabularyIsThatOfTheNotebook() {
    List<String> frequent = IntStream.range(0, 400).mapToObj(i -> "word" + letters(i)).toList();
    List<String> all = new ArrayList<>(frequent);
    for (int i = 0; i < 60; i++) {
      all.addAll(List.of("rare" + letters(i), "a" + i, "cat", "Größe" + letters(i)));
    }
    List<String> other = all.stream().filter(w -> !w.startsWith("Größe")).toList();
    List<String> words = WordSpaces.vocabulary(List.of(all, other), 50);
    assertEquals(50, words.size());
    assertEquals("rare" + letters(0), words.get(0));
    assertTrue(words.stream().allMatch(w -> w.startsWith("rare")), words.toString());
    assertThrows(
        StitchException.class, () -> WordSpaces.vocabulary(List.of(frequent, frequent), 50));
  }

  @Test
  void withoutAbsoluteSpacesChanceIsTheMeasure() {
    var trial = new RetrievalStudy.Trial(List.of(new Retrieval(2, .5, .5, 1)), 1, 0);
    var none = new RetrievalStudy.Direction("a", "b", RetrievalStudy.ABSOLUTE, 100, List.of());
    var some = new RetrievalStudy.Direction("a", "b", "uniform", 100, List.of(trial));
    var claims = RetrievalClaims.of(List.of(none, some));
    assertEquals(1, claims.size());
    assertTrue(claims.get(0).holds());
    assertTrue(claims.get(0).statement().endsWith("MRR 0.5000 against 0.0150"), claims.toString());
  }

  @Test
  void oneFileIsRefused() throws IOException {
    List<Path> one = files().subList(0, 1);
    var refusal =
        assertThrows(StitchException.class, () -> Experiments.named("table1").run(lab(one)));
    assertEquals(StitchException.Kind.USAGE, refusal.kind());
  }

  private static List<Cell> row(List<List<Cell>> rows, String way) {
    return rows.stream().filter(r -> r.get(2).shown().equals(way)).findFirst().orElseThrow();
  }

  private List<Path> files() throws IOException {
    return files(0);
  }

  // The second file has the coordinates in reverse order, two of them negated: a rotation.
  private List<Path> files(double noise) throws IOException {
    var a = new StringBuilder();
    var b = new StringBuilder();
    var random = new Random(3);
    var others = new Random(4);
    for (int i = 0; i < WORDS; i++) {
      double[] x = random.doubles(12, -1, 1).toArray();
      a.append("word").append(letters(i));
      b.append("word").append(letters(i));
      for (int d = 0; d < x.length; d++) {
        double mirrored = (d < 2 ? -1 : 1) * x[x.length - 1 - d] + noise * others.nextGaussian();
        a.append(String.format(Locale.ROOT, " %.5f", x[d]));
        b.append(String.format(Locale.ROOT, " %.5f", mirrored));
      }
      a.append('\n');
      b.append('\n');
    }
    return List.of(
        Files.writeString(folder.resolve("a.vec"), a),
        Files.writeString(folder.resolve("b.vec"), b));
  }

  private static String letters(int number) {
    return ""
        + (char) ('a' + number / 26 % 26)
        + (char) ('a' + number % 26)
        + (char) ('a' + number / 676);
  }

  private Lab lab(List<Path> vectors) {
    return lab(vectors, 2);
  }

  private Lab lab(List<Path> vectors, int seeds) {
    return TestLab.keepingIn(folder.resolve("cache"))
        .anchors(40)
        .seeds(0, seeds)
        .vectors(vectors)
        .open();
  }
}
