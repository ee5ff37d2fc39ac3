// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.encoders.internal.vision;

import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.AbstractBlock;
import ai.djl.training.ParameterStore;
import ai.djl.util.PairList;
import io.github.djlstitch.core.StitchException;
import io.github.djlstitch.core.internal.engine.TorchProgram;
import io.github.djlstitch.core.internal.script.ScriptPart;
import io.github.djlstitch.encoders.internal.block.FrozenWeights;
import io.github.djlstitch.encoders.internal.weights.WeightSource;
import io.github.djlstitch.encoders.options.NumberType;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/** Base of the vision networks: frozen weights, one program, pixels of one size. */
abstract sealed class FrozenVisionNetwork extends AbstractBlock implements VisionNetwork
    permits VisionTransformer, RexNet {
  private static final byte VERSION = 1;

  private final int width;
  private final ImageSize image;
  private final TorchProgram program;
  private final NumberType numbers;
  private final FrozenWeights weights;

  FrozenVisionNetwork(
      String kind,
      Map<String, Shape> shapes,
      TorchProgram program,
      NumberType numbers,
      int width,
      ImageSize image) {
    super(VERSION);
    this.width = width;
    this.image = image;
    this.program = program;
    this.numbers = numbers;
    this.weights = FrozenWeights.declare(kind, shapes);
    weights.parameters().forEach(this::addParameter);
  }

  final void fill(WeightSource source, Predicate<String> ignored, NDManager manager) {
    weights.fill(source, ignored, manager);
    initialize(manager, DataType.FLOAT32, pixels(1));
  }

  @Override
  public final int width() {
    return width;
  }

  @Override
  public final int imageHeight() {
    return image.height();
  }

  @Override
  public final int imageWidth() {
    return image.width();
  }

  @Override
  protected final NDList forwardInternal(
      ParameterStore store, NDList inputs, boolean training, PairList<String, Object> params) {
    Shape shape = inputs.head().getShape();
    if (shape.dimension() != 4 || !shape.equals(pixels(shape.get(0)))) {
      throw StitchException.badInput(
          "pixels of shape %s; this network reads (B, 3, %d, %d)",
          shape, image.height(), image.width());
    }
    NDList vectors = program.run("batch", inputs, weights.packed(program, numbers)); // (B, D)
    // Nothing here learns, but layers above may; for that the vectors must leave inference mode.
    return training ? new NDList(vectors.head().duplicate()) : vectors;
  }

  @Override
  public final ScriptPart script() {
    List<String> inputs = List.of("pixels");
    String step = ScriptPart.step(inputs, "(self).batch(pixels, w)"); // (B, D)
    return program.part("Encoder", inputs, step, weights.plain(program));
  }

  @Override
  public final Shape[] getOutputShapes(Shape[] inputShapes) {
    return new Shape[] {new Shape(inputShapes[0].get(0), width)};
  }

  private Shape pixels(long batch) {
    return new Shape(batch, 3, image.height(), image.width());
  }
}
