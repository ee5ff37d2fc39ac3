// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.encoders.internal.text;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.AbstractBlock;
import ai.djl.training.ParameterStore;
import ai.djl.util.PairList;
import io.github.djlstitch.core.StitchException;
import io.github.djlstitch.core.internal.engine.PackedWeights;
import io.github.djlstitch.core.internal.engine.TorchProgram;
import io.github.djlstitch.core.internal.script.ScriptPart;
import io.github.djlstitch.encoders.internal.block.FrozenWeights;
import io.github.djlstitch.encoders.internal.weights.WeightSource;
import io.github.djlstitch.encoders.options.NumberType;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** Base of the text networks: frozen weights, one program, checked token ids. */
abstract sealed class FrozenTextNetwork extends AbstractBlock implements TextNetwork
    permits TextTransformer, ClipTextTransformer {
  private static final byte VERSION = 1;
  private static final List<String> INPUTS = List.of("input_ids", "attention_mask");

  private static final String STEP =
      """
      def step(self: __torch__.M, input_ids: Tensor, attention_mask: Tensor) -> Tensor:
        hidden = torch.eq(attention_mask, 0)                                 # (B, T)
        ids = torch.masked_fill(torch.to(input_ids, 4), hidden, PAD_ID)
        shown = torch.to(torch.ne(attention_mask, 0), 4)
        i = torch.mul(torch.cumsum(shown, 1), shown)                         # 1 to N, 0 at padding
        n = torch.sum(shown, [1], True)                                      # (B, 1)
        special = torch.__or__(torch.le(i, BEFORE), torch.gt(i, torch.sub(n, BEHIND)))
        mask = torch.mul(torch.add(shown, torch.to(special, 4)), shown)      # 2 at special tokens
        types = torch.zeros_like(torch.slice(torch.slice(ids, 0, 0, 1), 1, 0, 1))
        return (self).batch(ids, mask, types, (self).weights())              # (B, D)
      """;

  private final String kind;
  private final Input input;
  private final TorchProgram program;
  private final NumberType numbers;
  private final FrozenWeights weights;

  /**
   * Limits of the network's inputs.
   *
   * @param vocabulary number of token ids
   * @param types number of token types, 0 if it knows none
   * @param positions longest sequence
   * @param padId token id of padding
   */
  record Input(int vocabulary, int types, int positions, int padId) {}

  FrozenTextNetwork(
      String kind,
      Input input,
      Map<String, Shape> shapes,
      TorchProgram program,
      NumberType numbers) {
    super(VERSION);
    this.kind = kind;
    this.input = input;
    this.program = program;
    this.numbers = numbers;
    this.weights = FrozenWeights.declare(kind, shapes);
    weights.parameters().forEach(this::addParameter);
  }

  /** Fills the weights; names that match may be in the checkpoint but have no part in vectors. */
  final void fill(WeightSource source, Pattern ignored, NDManager manager) {
    weights.fill(source, name -> ignored.matcher(name).matches(), manager);
    initialize(manager, DataType.FLOAT32, new Shape(1, 1), new Shape(1, 1));
  }

  @Override
  public final int positions() {
    return input.positions();
  }

  @Override
  public final int padId() {
    return input.padId();
  }

  /**
   * The states (B, T, D) at the layer that is read, before pooling; only the first token's if the
   * pooling needs no other.
   */
  final NDArray states(NDArray... inputs) {
    return run("states", new NDList(inputs)).head();
  }

  @Override
  protected final NDList forwardInternal(
      ParameterStore store, NDList inputs, boolean training, PairList<String, Object> params) {
    NDList vectors = run("batch", inputs); // (B, D)
    // Nothing here learns, but layers above may; for that the vectors must leave inference mode.
    return training ? new NDList(vectors.head().duplicate()) : vectors;
  }

  @Override
  public final ScriptPart script(int before, int behind) {
    String step =
        STEP.replace("PAD_ID", Integer.toString(padId()))
            .replace("BEFORE", Integer.toString(before))
            .replace("BEHIND", Integer.toString(behind));
    return program.part("Encoder", INPUTS, step, weights.plain(program));
  }

  @Override
  public final Shape[] getOutputShapes(Shape[] inputShapes) {
    return new Shape[] {new Shape(inputShapes[0].get(0), width())};
  }

  private NDList run(String method, NDList inputs) {
    requireTokens(inputs);
    PackedWeights packed = weights.packed(program, numbers);
    if (inputs.size() == 3) {
      return program.run(method, inputs, packed);
    }
    NDManager scope = inputs.head().getManager();
    try (NDArray same = scope.zeros(new Shape(1, 1), DataType.INT64)) { // (1, 1)
      return program.run(method, new NDList(inputs.get(0), inputs.get(1), same), packed);
    }
  }

  private void requireTokens(NDList inputs) {
    Shape shape = inputs.head().getShape();
    if (shape.dimension() != 2 || shape.get(1) < 1 || shape.get(1) > positions()) {
      throw StitchException.badInput(
          "token ids of shape %s; this %s reads (B, T) with 1 to at most %d tokens",
          shape, kind, positions());
    }
    int most = input.types() > 0 ? 3 : 2;
    if (inputs.size() < 2
        || inputs.size() > most
        || inputs.stream().anyMatch(x -> !x.getShape().equals(shape))) {
      throw StitchException.badInput(
          "a %s needs token ids and a mask%s, all of the same shape %s",
          kind, input.types() > 0 ? " and may have token types" : "", shape);
    }
    requireBelow(input.vocabulary(), "id", inputs.head());
    requireAttended(inputs.get(1).toLongArray(), (int) shape.get(1));
    if (inputs.size() == 3) {
      requireBelow(input.types(), "type", inputs.get(2));
    }
  }

  private void requireBelow(int limit, String what, NDArray values) {
    for (long value : values.toLongArray()) {
      if (value < 0 || value >= limit) {
        throw StitchException.badInput(
            "token %s %d; this %s knows 0 to %d; is the tokenizer that of another model?",
            what, value, kind, limit - 1);
      }
    }
  }

  // Attention over nothing has no meaning.
  private static void requireAttended(long[] mask, int tokens) {
    for (int from = 0; from < mask.length; from += tokens) {
      long all = 0;
      for (int i = from; i < from + tokens; i++) {
        all |= mask[i];
      }
      if (all == 0) {
        throw StitchException.badInput(
            "sequence %d of the batch has no token outside its padding", from / tokens);
      }
    }
  }
}
