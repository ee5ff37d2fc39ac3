// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.core.internal.engine;

import static io.github.djlstitch.core.Refusal.refused;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.training.GradientCollector;
import io.github.djlstitch.core.StitchException.Kind;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("processor")
final class TorchProgramTest {
  private static final TorchProgram PROGRAM =
      TorchProgram.of(
          "arithmetic",
          """
          def twice(self: __torch__.M, x: Tensor) -> Tensor:
            return torch.mul(x, 2)
          def minus(self: __torch__.M, x: Tensor, y: Tensor) -> Tensor:
            return torch.sub(x, y)
          def affine(self: __torch__.M, x: Tensor, w: List[Tensor]) -> Tensor:
            return torch.add(torch.matmul(x, w[0]), w[1])
          def both(self: __torch__.M, x: Tensor) -> List[Tensor]:
            return [torch.neg(x), torch.square(x)]
          """);

  private final NDManager manager = TensorBridge.newManager();
  private final NDArray x = manager.create(new float[] {1, 2, 3});

  @AfterEach
  void free() {
    manager.close();
  }

  @Test
  void methodsAreCalledByName() {
    NDArray y = manager.create(new float[] {5, 5, 5});
    assertArrayEquals(new float[] {2, 4, 6}, PROGRAM.call("twice", x).toFloatArray());
    assertArrayEquals(new float[] {-4, -3, -2}, PROGRAM.call("minus", x, y).toFloatArray());
    assertArrayEquals(new float[] {4, 3, 2}, PROGRAM.call("minus", y, x).toFloatArray());
  }

  @Test
  void aSharedProgramIsOneForItsNameAndText() {
    String text =
        "def next(self: __torch__.M, x: Tensor) -> Tensor:\n  return torch.add(x, STEP)\n";
    String one = text.replace("STEP", "1");
    TorchProgram program = TorchProgram.shared("next", one);
    assertSame(program, TorchProgram.shared("next", text.replace("STEP", "1")));
    assertNotSame(program, TorchProgram.shared("other", one));
    assertArrayEquals(new float[] {2, 3, 4}, program.call("next", x).toFloatArray());
    TorchProgram two = TorchProgram.shared("next", text.replace("STEP", "2"));
    assertArrayEquals(new float[] {3, 4, 5}, two.call("next", x).toFloatArray());
  }

  @Test
  void weightsComeAsAListInTheirOrder() {
    NDArray w = manager.create(new float[] {1, 0, 2}).reshape(3, 1);
    NDArray b = manager.create(new float[] {10});
    NDList out = PROGRAM.run("affine", false, new NDList(x), new NDList(w, b));
    assertArrayEquals(new float[] {17}, out.singletonOrThrow().toFloatArray());
  }

  @Test
  void severalTensorsComeBack() {
    NDList out = PROGRAM.run("both", false, new NDList(x), new NDList());
    assertArrayEquals(new float[] {-1, -2, -3}, out.get(0).toFloatArray());
    assertArrayEquals(new float[] {1, 4, 9}, out.get(1).toFloatArray());
  }

  @Test
  void namesOfTheCallersArraysDoNotMatter() {
    NDArray y = manager.create(new float[] {1, 1, 1});
    x.setName("layer.0.weight[]");
    y.setName("module_method:twice");
    assertArrayEquals(new float[] {0, 1, 2}, PROGRAM.call("minus", x, y).toFloatArray());
  }

  @Test
  void resultBelongsToTheManagerOfTheFirstTensor() {
    NDArray result;
    try (NDManager inner = manager.newSubManager()) {
      NDArray first = inner.create(new float[] {1, 2, 3});
      result = PROGRAM.call("minus", first, x);
      assertArrayEquals(new float[] {0, 0, 0}, result.toFloatArray());
    }
    assertEquals(true, result.isReleased());
  }

  @Test
  void gradientsFlowInTrainingOnly() {
    x.setRequiresGradient(true);
    try (GradientCollector collector = Engine.getEngine("PyTorch").newGradientCollector()) {
      NDArray y = PROGRAM.run("both", true, new NDList(x), new NDList()).get(1);
      collector.backward(y.sum());
    }
    assertArrayEquals(new float[] {2, 4, 6}, x.getGradient().toFloatArray());
    assertFalse(PROGRAM.call("twice", x).hasGradient());
  }

  @Test
  void threadsShareAProgram() {
    long wrong =
        IntStream.range(0, 200)
            .parallel()
            .filter(
                i -> {
                  try (NDManager own = TensorBridge.newManager()) {
                    NDArray y = PROGRAM.call("twice", own.create((float) i));
                    return y.getFloat() != 2f * i;
                  }
                })
            .count();
    assertEquals(0, wrong);
  }

  @Test
  void programWithASyntaxErrorIsRefusedByName() {
    var broken = TorchProgram.of("half-done", "def f(self: __torch__.M, x: Tensor) -> Tensor:\n");
    refused("the program 'half-done' on cpu", Kind.UNAVAILABLE, () -> broken.call("f", x));
  }

  @Test
  void callThatTheEngineCannotMakeIsRefusedByName() {
    NDArray longer = manager.create(new float[] {1, 2});
    refused(
        "method 'minus' of the program 'arithmetic'",
        Kind.UNAVAILABLE,
        () -> PROGRAM.call("minus", x, longer));
    refused("method 'none' of", Kind.UNAVAILABLE, () -> PROGRAM.call("none", x));
    refused("method 'minus' of", Kind.UNAVAILABLE, () -> PROGRAM.call("minus", x));
  }
}
