// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.zoo.internal.train;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDManager;
import io.github.djlstitch.core.FloatMatrix;
import io.github.djlstitch.core.Progress;
import io.github.djlstitch.core.StitchException;
import io.github.djlstitch.core.data.Dataset.Sample;
import io.github.djlstitch.core.internal.engine.TensorBridge;
import io.github.djlstitch.core.internal.train.FitOptions;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Words of two kinds: a student of four labels needs a teacher to know all of them. */
final class StudentsTest {
  private static final int WORDS = 20;
  private static final WordBags BAGS = WordBags.of(samples(0, 120), 1000);

  @TempDir Path cache;
  private final List<String> warnings = new ArrayList<>();

  // Words 0 to 9 are of class 0, words 10 to 19 of class 1; a text is one word of its class.
  private static List<Sample<String>> samples(int from, int count) {
    return IntStream.range(from, from + count)
        .mapToObj(i -> new Sample<>("s" + i, "The WORD" + i % WORDS + "!", i % WORDS / 10))
        .toList();
  }

  private static FloatMatrix scores() {
    float[] scores = new float[2 * BAGS.count()];
    int[] labels = BAGS.labels();
    for (int i = 0; i < labels.length; i++) {
      scores[2 * i + labels[i]] = 5;
    }
    return FloatMatrix.wrap(labels.length, 2, scores);
  }

  // The teacher's cosines with one anchor of each class.
  private static TeacherSignal relative() {
    float[] cosines = new float[2 * BAGS.count()];
    int[] labels = BAGS.labels();
    for (int i = 0; i < labels.length; i++) {
      cosines[2 * i + labels[i]] = 1;
    }
    return new TeacherSignal.Relative(
        FloatMatrix.wrap(labels.length, 2, cosines), new int[] {0, 10}, 10);
  }

  private static int[] rows(int from, int to) {
    return IntStream.range(from, to).toArray();
  }

  private static final StudentTask TASK =
      new StudentTask(BAGS, new int[] {0, 1, 10, 11}, rows(0, 60), rows(60, 120), 2);

  private static StudentRecipe recipe(int epochs) {
    return new StudentRecipe(16, 8, 16, 10, 2, FitOptions.adam(epochs, 1e-2, 0));
  }

  private Students.Scores train(TeacherSignal signal, int epochs, long seed) {
    return Students.in(TrainedStore.in(cache, warnings::add), Progress.NONE)
        .train("test", recipe(epochs), TASK, signal, BAGS.others(samples(7, 40)), seed);
  }

  @Test
  void bothGuidesTellWhatLabelsDoNot() {
    double alone = train(TeacherSignal.none(), 6, 1).test();
    assertTrue(alone < .9, () -> "labels alone " + alone);
    for (TeacherSignal signal : List.of(new TeacherSignal.Logits(scores(), 2, 1), relative())) {
      var found = train(signal, 6, 1);
      assertTrue(found.test() > .95, () -> signal.getClass().getSimpleName() + found);
      assertTrue(found.validation() > .95, found::toString);
    }
  }

  @Test
  void theSameAgainFromTheCacheAndAfterAnInterruption() throws Exception {
    var first = train(relative(), 3, 2);
    assertEquals(first, train(relative(), 3, 2));
    assertNotEquals(first, train(TeacherSignal.none(), 3, 2));
    try (var files = Files.walk(cache)) {
      assertEquals(2, files.filter(f -> f.endsWith("network.safetensors")).count());
    }
    Path other = cache.resolve("other");
    var students = Students.in(TrainedStore.in(other, warnings::add), Progress.NONE);
    var test = BAGS.others(samples(7, 40));
    Thread.currentThread().interrupt();
    assertThrows(
        StitchException.class, () -> students.train("test", recipe(3), TASK, relative(), test, 2));
    assertTrue(Thread.interrupted());
    assertEquals(first, students.train("test", recipe(3), TASK, relative(), test, 2));
    assertEquals(List.of(), warnings);
  }

  @Test
  void bagsCountKnownWordsToUnitLength() {
    var two =
        WordBags.of(
            List.of(
                new Sample<>("a", "Cat, dog; cat!", 0),
                new Sample<>("b", "dog dog 7", 1),
                new Sample<>("c", "", 1)),
            2);
    try (NDManager manager = TensorBridge.newManager()) {
      // The most frequent first: dog (3), cat (2); 7 is left out.
      float root = (float) Math.sqrt(5);
      assertArrayEquals(
          new float[] {1 / root, 2 / root, 1, 0, 0, 0},
          two.batch(manager, new int[] {0, 1, 2}).toFloatArray(),
          1e-6f);
      var others = two.others(List.of(new Sample<>("d", "a CAT and a mouse", 0)));
      assertArrayEquals(new float[] {0, 1}, others.batch(manager, new int[] {0}).toFloatArray());
      assertNotEquals(two.sha256(), others.sha256());
    }
    assertThrows(StitchException.class, () -> WordBags.of(List.of(new Sample<>("e", "?!", 0)), 5));
  }

  @Test
  void whatDoesNotFitIsRefused() {
    var other = WordBags.of(samples(0, 5), 3);
    var students = Students.in(TrainedStore.in(cache, warnings::add), Progress.NONE);
    assertThrows(
        StitchException.class,
        () -> students.train("test", recipe(1), TASK, TeacherSignal.none(), other, 1));
    assertThrows(
        StitchException.class, () -> new StudentTask(BAGS, new int[0], rows(0, 1), rows(0, 1), 2));
    assertThrows(
        StitchException.class, () -> new StudentRecipe(0, 1, 1, 1, 1, FitOptions.adam(1, 1, 0)));
  }
}
