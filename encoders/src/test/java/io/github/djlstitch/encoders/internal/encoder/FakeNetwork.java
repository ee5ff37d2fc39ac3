// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.encoders.internal.encoder;

import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.AbstractBlock;
import ai.djl.training.ParameterStore;
import ai.djl.util.PairList;
import io.github.djlstitch.core.internal.script.ScriptPart;
import io.github.djlstitch.encoders.internal.vision.VisionNetwork;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Means of the channels, (B, 3, 4, 5) to (B, 3), and what a test wants to be done with them. */
final class FakeNetwork extends AbstractBlock implements VisionNetwork {
  private final UnaryOperator<NDList> change;

  FakeNetwork(UnaryOperator<NDList> change) {
    this.change = change;
  }

  @Override
  public int width() {
    return 3;
  }

  @Override
  public int imageHeight() {
    return 4;
  }

  @Override
  public int imageWidth() {
    return 5;
  }

  @Override
  protected NDList forwardInternal(
      ParameterStore store,
      NDList inputs,
      boolean training,
      @Nullable PairList<String, Object> parameters) {
    return change.apply(new NDList(inputs.head().flatten(2, 3).mean(new int[] {2}))); // (B, 3)
  }

  @Override
  public ScriptPart script() {
    throw new UnsupportedOperationException();
  }

  @Override
  public Shape[] getOutputShapes(Shape[] inputShapes) {
    return new Shape[] {new Shape(inputShapes[0].get(0), 3)};
  }
}
