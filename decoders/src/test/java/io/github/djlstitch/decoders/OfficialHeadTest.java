// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.decoders;

import static io.github.djlstitch.decoders.Problems.assertClose;
import static io.github.djlstitch.decoders.Problems.clusters;
import static io.github.djlstitch.decoders.Problems.refused;
import static io.github.djlstitch.decoders.Problems.ring;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.djlstitch.core.FloatMatrix;
import io.github.djlstitch.core.StitchException;
import io.github.djlstitch.decoders.OfficialLayout.Activation;
import io.github.djlstitch.decoders.OfficialLayout.Norm;
import io.github.djlstitch.decoders.Problems.Problem;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalDouble;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

final class OfficialHeadTest {
  private static final Golden GOLDEN = new Golden("official.golden.txt");
  private static final HeadOptions TRAINING =
      HeadOptions.of(HeadOptions.Kind.OFFICIAL_TEXT).withTraining(2, .01, 8);

  private static OfficialLayout small(String name) {
    return switch (name) {
      case "text" -> new OfficialLayout(false, Norm.LAYER, List.of(4, 4), Activation.SILU, true);
      case "image" -> new OfficialLayout(true, Norm.LAYER, List.of(4), Activation.TANH, false);
      default -> new OfficialLayout(true, Norm.BATCH, List.of(4), Activation.TANH, false);
    };
  }

  @ParameterizedTest
  @ValueSource(strings = {"text", "image", "curve"})
  void trainsAndReadsTogetherAsPyTorchDoes(String name) throws IOException {
    OfficialLayout layout = small(name);
    OfficialWeights head = trained(name, tensors(name + ".initial", layout));
    List<FloatMatrix> expected = tensors(name + ".trained", layout);
    for (int i = 0; i < expected.size(); i++) {
      FloatMatrix found = Objects.requireNonNull(head.tensors().get(layout.parameters().get(i)));
      assertClose(expected.get(i), found, 1e-5);
    }
    assertClose(golden(name + ".together"), head.decodeTogether(samples()), 2e-5);
  }

  // Read together, the training samples have exactly the statistics that were kept of them.
  @ParameterizedTest
  @ValueSource(strings = {"text", "image", "curve"})
  void bothReadingsAgreeOnTheTrainingSamples(String name) throws IOException {
    OfficialWeights head = trained(name, tensors(name + ".initial", small(name)));
    assertClose(head.decodeTogether(samples()), head.decode(samples()), 1e-5);
  }

  @ParameterizedTest
  @EnumSource(
      value = HeadOptions.Kind.class,
      names = "OFFICIAL_.*",
      mode = EnumSource.Mode.MATCH_ALL)
  void readTogetherTheAnswerDependsOnTheOtherSamples(HeadOptions.Kind kind) {
    Problem problem = ring(1, 64);
    ClassifierHead head = problem.train(HeadOptions.of(kind).withTraining(2, 1e-3, 16), 0);
    var together = Reading.TRANSDUCTIVE.of(head);
    FloatMatrix half = problem.inputs().rowRange(0, 8);
    assertNotEquals(
        together.decode(problem.inputs()).rowRange(0, 8), together.decode(half), kind.id());
    assertEquals(head.spec(), together.spec());
    assertEquals(FloatMatrix.of(0, 2), together.decode(FloatMatrix.of(0, 4)));
    assertEquals(head.decode(half), Reading.INDUCTIVE.of(head).decode(half));
    refused("reads 4 values", StitchException.Kind.BAD_INPUT, () -> together.decode(one()));
  }

  @Test
  void learnsARing() {
    ClassifierHead head =
        ring(1, 256)
            .train(HeadOptions.of(HeadOptions.Kind.OFFICIAL_TEXT).withTraining(8, 1e-3, 32), 0);
    assertTrue(ring(2, 100).trainAccuracy(head) > .95);
  }

  @Test
  void seedDecidesTheHead() {
    Problem problem = ring(3, 65); // one sample is left over from two batches
    HeadOptions quick = HeadOptions.of(HeadOptions.Kind.OFFICIAL_IMAGE).withTraining(1, 1e-3, 32);
    FloatMatrix once = problem.train(quick, 5).decode(problem.inputs());
    assertEquals(once, problem.train(quick, 5).decode(problem.inputs()));
    assertNotEquals(once, problem.train(quick, 6).decode(problem.inputs()));
  }

  @ParameterizedTest
  @EnumSource(
      value = HeadOptions.Kind.class,
      names = {"LINEAR", "MLP"})
  void headsWithoutBatchStatisticsAreNotReadTogether(HeadOptions.Kind kind) {
    Problem problem = clusters(8, 20, 2, 1, 1, 1);
    ClassifierHead head =
        problem.train(new HeadOptions(kind, OptionalDouble.of(1e-3), false, 1, 1e-3, 16), 0);
    refused(
        "only a head of the official code can read samples together",
        StitchException.Kind.USAGE,
        () -> Reading.TRANSDUCTIVE.of(head).decode(problem.inputs()));
  }

  @Test
  void tensorsOfAnotherShapeAreRefused() throws IOException {
    OfficialWeights head = trained("text", tensors("text.initial", small("text")));
    Map<String, FloatMatrix> tensors = new HashMap<>(head.tensors());
    tensors.put("bn2.mean", FloatMatrix.of(1, 2, 0, 0));
    refusedTensors("tensor 'bn2.mean' of shape (1, 4)", tensors);
    tensors.remove("bn2.mean");
    refusedTensors("needs tensor 'bn2.mean' but has", tensors);
  }

  private static void refusedTensors(String part, Map<String, FloatMatrix> tensors) {
    refused(
        part, StitchException.Kind.BAD_INPUT, () -> new OfficialWeights(small("text"), tensors));
  }

  private static OfficialWeights trained(String name, List<FloatMatrix> initial)
      throws IOException {
    float[][] order = GOLDEN.rows("order");
    long[][] rows = new long[order.length][];
    for (int e = 0; e < rows.length; e++) {
      float[] epoch = order[e];
      rows[e] = IntStream.range(0, epoch.length).mapToLong(i -> (long) epoch[i]).toArray();
    }
    int[] labels = Arrays.stream(GOLDEN.rows("sample")).mapToInt(s -> (int) s[0]).toArray();
    float[] weights = HeadTrainer.sampleWeights(labels, 3, false);
    return new OfficialTraining(small(name), TRAINING, 3)
        .fit(samples(), labels, weights, initial, rows);
  }

  private static FloatMatrix samples() throws IOException {
    return FloatMatrix.of(
        Arrays.stream(GOLDEN.rows("sample"))
            .map(s -> Arrays.copyOfRange(s, 1, s.length))
            .toArray(float[][]::new));
  }

  private static FloatMatrix one() {
    return FloatMatrix.of(1, 2, 1, 1);
  }

  private static List<FloatMatrix> tensors(String name, OfficialLayout layout) throws IOException {
    List<FloatMatrix> tensors = new ArrayList<>();
    for (int i = 0; i < layout.parameters().size(); i++) {
      tensors.add(golden(name + "." + i));
    }
    return tensors;
  }

  private static FloatMatrix golden(String name) throws IOException {
    return FloatMatrix.of(GOLDEN.rows(name));
  }
}
