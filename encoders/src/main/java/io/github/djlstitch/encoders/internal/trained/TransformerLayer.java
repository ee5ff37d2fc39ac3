// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.encoders.internal.trained;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.AbstractBlock;
import ai.djl.nn.Activation;
import ai.djl.nn.Block;
import ai.djl.nn.core.Linear;
import ai.djl.nn.norm.LayerNorm;
import ai.djl.training.ParameterStore;
import ai.djl.util.PairList;

/** A pre-norm transformer layer, (B, T, W) to (B, T, W); its MLP is twice as wide as the tokens. */
final class TransformerLayer extends AbstractBlock {
  private static final byte VERSION = 1;
  private static final int WIDENING = 2;

  private final int width;
  private final int heads;
  private final Block attentionNorm;
  private final Block projections;
  private final Block joined;
  private final Block mlpNorm;
  private final Block wide;
  private final Block narrow;

  TransformerLayer(int width, int heads) {
    super(VERSION);
    this.width = width;
    this.heads = heads;
    attentionNorm = addChildBlock("attention_norm", LayerNorm.builder().axis(2).build());
    projections = addChildBlock("projections", Linear.builder().setUnits(3L * width).build());
    joined = addChildBlock("joined", Linear.builder().setUnits(width).build());
    mlpNorm = addChildBlock("mlp_norm", LayerNorm.builder().axis(2).build());
    wide = addChildBlock("wide", Linear.builder().setUnits((long) WIDENING * width).build());
    narrow = addChildBlock("narrow", Linear.builder().setUnits(width).build());
  }

  @Override
  protected void initializeChildBlocks(NDManager manager, DataType dataType, Shape... inputShapes) {
    Shape shape = inputShapes[0]; // (B, T, W)
    for (Block block : new Block[] {attentionNorm, projections, joined, mlpNorm, wide}) {
      block.initialize(manager, dataType, shape);
    }
    narrow.initialize(
        manager, dataType, new Shape(shape.get(0), shape.get(1), (long) WIDENING * width));
  }

  @Override
  protected NDList forwardInternal(
      ParameterStore store, NDList inputs, boolean training, PairList<String, Object> params) {
    NDArray x = inputs.head(); // (B, T, W)
    NDArray normed = attentionNorm.forward(store, new NDList(x), training).head(); // (B, T, W)
    NDArray qkv = projections.forward(store, new NDList(normed), training).head(); // (B, T, 3W)
    x = x.add(joined.forward(store, new NDList(attend(qkv)), training).head());
    var mlp = wide.forward(store, mlpNorm.forward(store, new NDList(x), training), training);
    return new NDList(
        x.add(narrow.forward(store, Activation.gelu(mlp), training).head())); // (B, T, W)
  }

  private NDArray attend(NDArray qkv) {
    long batch = qkv.getShape().get(0);
    long tokens = qkv.getShape().get(1);
    int each = width / heads;
    NDArray parts = // (3, B, heads, T, W / heads)
        qkv.reshape(batch, tokens, 3, heads, each).transpose(2, 0, 3, 1, 4);
    NDArray queries = parts.get(0).mul((float) (1 / Math.sqrt(each))); // (B, heads, T, W / heads)
    NDArray weights =
        queries.matMul(parts.get(1).transpose(0, 1, 3, 2)).softmax(-1); // (B, heads, T, T)
    return weights
        .matMul(parts.get(2)) // (B, heads, T, W / heads)
        .transpose(0, 2, 1, 3)
        .reshape(batch, tokens, width);
  }

  @Override
  public Shape[] getOutputShapes(Shape[] inputShapes) {
    return inputShapes;
  }
}
