// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.core.internal.train;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Activation;
import ai.djl.nn.Block;
import ai.djl.nn.SequentialBlock;
import ai.djl.nn.core.Linear;
import ai.djl.nn.norm.BatchNorm;
import ai.djl.nn.norm.Dropout;
import ai.djl.training.ParameterStore;
import io.github.djlstitch.core.FloatMatrix;
import io.github.djlstitch.core.Matrices;
import io.github.djlstitch.core.Progress;
import io.github.djlstitch.core.StitchException;
import io.github.djlstitch.core.internal.engine.TensorBridge;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class FitTest {
  private static final FloatMatrix X = Matrices.gaussian(1, 50, 6);

  @TempDir Path folder;
  private final NDManager manager = TensorBridge.newManager();
  private final List<String> warnings = new ArrayList<>();

  @AfterEach
  void free() {
    Thread.interrupted();
    manager.close();
  }

  /** Regression of the first column by a network with dropout and batch norm. */
  private final class Regression implements Objective {
    private final Block network;
    private final EpochOrder order = EpochOrder.of(X.rows(), 16, 2, 7);
    private final int interruptAfter;
    private float poison = 1;
    private boolean scored;

    Regression(int interruptAfter) {
      this.interruptAfter = interruptAfter;
      Engine.getEngine("PyTorch").setRandomSeed(3);
      network =
          new SequentialBlock()
              .add(Linear.builder().setUnits(8).build())
              .add(BatchNorm.builder().build())
              .add(Activation.reluBlock())
              .add(Dropout.builder().optRate(0.3f).build())
              .add(Linear.builder().setUnits(1).build());
      network.initialize(manager, DataType.FLOAT32, new Shape(16, 6));
    }

    @Override
    public Block network() {
      return network;
    }

    @Override
    public int steps() {
      return order.steps();
    }

    @Override
    public NDArray loss(ParameterStore store, NDManager scope, int epoch, int step) {
      if (epoch == interruptAfter) {
        Thread.currentThread().interrupt();
      }
      int[] rows = order.rows(epoch, step);
      NDArray x = TensorBridge.toTensor(scope, X.select(rows));
      NDArray y = network.forward(store, new NDList(x), true).head();
      return y.sub(x.get(":, 0:1").mul(3)).square().mean().mul(poison);
    }

    @Override
    public OptionalDouble score(ParameterStore store, NDManager scope) {
      if (!scored) {
        return OptionalDouble.empty();
      }
      NDArray x = TensorBridge.toTensor(scope, X);
      NDArray y = network.forward(store, new NDList(x), false).head();
      return OptionalDouble.of(-y.sub(x.get(":, 0:1").mul(3)).square().mean().getFloat());
    }

    List<float[]> weights() {
      return network.getParameters().values().stream()
          .map(p -> p.getArray().toFloatArray())
          .toList();
    }
  }

  private Regression scored(int interruptAfter) {
    var objective = new Regression(interruptAfter);
    objective.scored = true;
    return objective;
  }

  private FitResult run(Objective objective, FitOptions options) {
    return Fit.run("test", objective, options, Optional.empty(), Progress.NONE);
  }

  private FitResult resume(Objective objective, FitOptions options) {
    var checkpoint = new Checkpoint(folder.resolve("a.safetensors"), warnings::add);
    return Fit.run("test", objective, options, Optional.of(checkpoint), Progress.NONE);
  }

  private static void assertSame(List<float[]> expected, List<float[]> found) {
    assertEquals(expected.size(), found.size());
    for (int i = 0; i < expected.size(); i++) {
      assertArrayEquals(expected.get(i), found.get(i), "parameter " + i);
    }
  }

  @Test
  void anInterruptedTrainingEqualsAnUninterruptedOne() {
    var options = FitOptions.adam(6, 0.02, 5).withClip(1).withWeightDecay(1e-3).keepingBest(0);
    Regression whole = scored(-1);
    FitResult expected = run(whole, options);
    var interrupted = scored(2);
    assertThrows(StitchException.class, () -> resume(interrupted, options));
    Thread.interrupted();
    Regression rest = scored(-1);
    FitResult found = resume(rest, options);
    assertEquals(3, found.resumedAt());
    assertEquals(expected.history(), found.history());
    assertEquals(expected.bestEpoch(), found.bestEpoch());
    assertSame(whole.weights(), rest.weights());
    assertTrue(warnings.isEmpty(), warnings::toString);
    assertTrue(expected.history().get(5).loss() < expected.history().get(0).loss());
  }

  @Test
  void aFinishedTrainingIsReadBack() {
    var options = FitOptions.adam(2, 0.02, 5);
    var once = new Regression(-1);
    resume(once, options);
    var again = new Regression(-1);
    assertEquals(2, resume(again, options).resumedAt());
    assertSame(once.weights(), again.weights());
  }

  @Test
  void anotherSeedAndAnotherRuleGiveOtherWeights() {
    var options = FitOptions.adam(2, 0.02, 5);
    var objective = new Regression(-1);
    run(objective, options);
    var sgd = new Regression(-1);
    run(sgd, options.withRule(UpdateRule.SGD));
    assertFalse(List.of(objective.weights().get(0)[0]).contains(sgd.weights().get(0)[0]));
    var seed = new Regression(-1);
    run(seed, FitOptions.adam(2, 0.02, 6));
    assertFalse(List.of(objective.weights().get(0)[0]).contains(seed.weights().get(0)[0]));
  }

  @Test
  void aCheckpointOfOtherOptionsOrADamagedOneIsNotUsed() throws IOException {
    var options = FitOptions.adam(2, 0.02, 5);
    resume(new Regression(-1), FitOptions.adam(2, 0.01, 5));
    assertEquals(0, resume(new Regression(-1), options).resumedAt());
    assertTrue(warnings.get(0).contains("starts again"), warnings::toString);
    Path file = folder.resolve("a.safetensors");
    byte[] bytes = Files.readAllBytes(file);
    bytes[bytes.length - 40] ^= 1;
    Files.write(file, bytes);
    var damaged = new Regression(-1);
    assertEquals(0, resume(damaged, options).resumedAt());
    assertEquals(2, warnings.size());
    var clean = new Regression(-1);
    run(clean, options);
    assertSame(clean.weights(), damaged.weights());
  }

  @Test
  void aLossThatIsNotFiniteNamesItsPlace() {
    var objective = new Regression(-1);
    objective.poison = Float.NaN;
    var failure =
        assertThrows(StitchException.class, () -> run(objective, FitOptions.adam(1, 0.1, 1)));
    assertTrue(failure.getMessage().contains("epoch 1, step 1"), failure::getMessage);
  }

  @Test
  void stopsEarlyAndKeepsTheBest() {
    var objective = scored(-1);
    // So high a rate that the score soon gets worse.
    FitResult result = run(objective, FitOptions.adam(60, 0.5, 1).keepingBest(3));
    assertTrue(result.history().size() < 60, "stopped early");
    assertEquals(result.history().size() - 1 - 3, result.bestEpoch());
    try (NDManager scope = manager.newSubManager()) {
      double score = objective.score(new ParameterStore(scope, false), scope).getAsDouble();
      assertEquals(result.history().get(result.bestEpoch()).score().getAsDouble(), score, 1e-6);
    }
  }

  @Test
  void theBestNeedsAScore() {
    var options = FitOptions.adam(2, 0.1, 1).keepingBest(1);
    assertThrows(StitchException.class, () -> run(new Regression(-1), options));
  }

  @Test
  void optionsAreChecked() {
    assertThrows(StitchException.class, () -> FitOptions.adam(0, 0.1, 1));
    assertThrows(StitchException.class, () -> FitOptions.adam(1, 0, 1));
    assertThrows(StitchException.class, () -> FitOptions.adam(1, Double.NaN, 1));
    assertThrows(StitchException.class, () -> FitOptions.adam(1, 1, 1).withClip(-1));
    assertThrows(StitchException.class, () -> FitOptions.adam(1, 1, 1).withWeightDecay(-1));
    assertThrows(StitchException.class, () -> UpdateRule.named("adm"));
    assertThrows(StitchException.class, () -> EpochOrder.of(0, 1, 1, 1));
    assertEquals(3, EpochOrder.of(33, 16, 1, 1).steps());
    assertEquals(2, EpochOrder.of(33, 16, 2, 1).steps());
  }

  @Test
  void eachEpochVisitsAllSamplesInAnOrderOfItsOwn() {
    var order = EpochOrder.of(33, 16, 1, 5);
    List<Integer> first = epoch(order, 0);
    List<Integer> second = epoch(order, 1);
    assertEquals(IntStream.range(0, 33).boxed().toList(), first.stream().sorted().toList());
    assertNotEquals(first, second);
    assertEquals(first, epoch(EpochOrder.of(33, 16, 1, 5), 0));
    assertEquals(first, epoch(order, 0));
    assertNotEquals(first, epoch(EpochOrder.of(33, 16, 1, 6), 0));
  }

  private static List<Integer> epoch(EpochOrder order, int epoch) {
    return IntStream.range(0, order.steps())
        .flatMap(step -> Arrays.stream(order.rows(epoch, step)))
        .boxed()
        .toList();
  }
}
