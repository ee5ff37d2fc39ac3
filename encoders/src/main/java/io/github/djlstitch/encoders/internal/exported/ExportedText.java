// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.encoders.internal.exported;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.AbstractBlock;
import ai.djl.training.ParameterStore;
import ai.djl.util.PairList;
import io.github.djlstitch.core.StitchException;
import io.github.djlstitch.core.internal.file.Printable;
import io.github.djlstitch.core.internal.script.ScriptPart;
import io.github.djlstitch.encoders.internal.text.TextNetwork;
import io.github.djlstitch.encoders.internal.text.TokenPooling;
import io.github.djlstitch.encoders.options.Pooling;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A text encoder in an ONNX graph or a TorchScript module: token ids and mask (B, T), int64, to
 * vectors (B, D), float32. Thread-safe.
 *
 * <p>Reads the output {@code sentence_embedding}, where there is one and no pooling was requested;
 * else {@code last_hidden_state} or {@code token_embeddings} (B, T, D), pooled; with pooling {@code
 * POOLER}, {@code pooler_output}. A single output may have any name.
 */
public final class ExportedText extends AbstractBlock implements TextNetwork {
  private static final byte VERSION = 1;
  private static final String IDS = "input_ids";
  private static final String MASK = "attention_mask";
  private static final String TYPES = "token_type_ids";
  private static final List<String> DONE = List.of("sentence_embedding", "text_embeds");
  private static final List<String> STATES = List.of("last_hidden_state", "token_embeddings");
  private static final List<String> POOLED = List.of("pooler_output");

  private final ExportedGraph graph;
  private final boolean typed;
  private final Reading reading;
  private final String output;
  private final boolean pooled;
  private final int width;

  /**
   * Selects pooling, length and limits of a text graph's vectors.
   *
   * @param pooling as requested by the caller; empty for what the graph or the folder says
   * @param otherwise the pooling if none was requested and the graph has no sentence embedding
   * @param unitLength true to scale vectors to length 1
   * @param positions longest sequence, in tokens
   * @param padId token id of padding
   */
  public record Reading(
      Optional<Pooling> pooling, Pooling otherwise, boolean unitLength, int positions, int padId) {
    Pooling wanted() {
      return pooling.orElse(otherwise);
    }
  }

  private ExportedText(ExportedGraph graph, boolean typed, Reading reading, NDManager manager) {
    super(VERSION);
    this.graph = graph;
    this.typed = typed;
    this.reading = reading;
    try (NDManager scope = manager.newSubManager()) {
      NDArray chosen =
          choose(new Outputs(graph.name(), trial(graph, typed, scope)), reading); // (1, ...)
      this.output = chosen.getName();
      this.pooled = chosen.getShape().dimension() == 2;
      this.width = Math.toIntExact(chosen.getShape().get(chosen.getShape().dimension() - 1));
    }
  }

  /**
   * Opens an ONNX graph in ONNX Runtime.
   *
   * @param manager frees it
   * @throws StitchException (bad input) if the graph has other inputs or outputs, or names files
   *     outside its folder
   */
  public static ExportedText onnx(Path file, Reading reading, NDManager manager) {
    OnnxGraph graph = OnnxGraph.open(file, manager);
    Set<String> inputs = graph.inputInfo().keySet();
    if (!inputs.containsAll(Set.of(IDS, MASK)) || !Set.of(IDS, MASK, TYPES).containsAll(inputs)) {
      throw StitchException.badInput(
          "'%s' has the inputs %s, expected input_ids, attention_mask and perhaps token_type_ids",
          file, Printable.of(inputs.toString()));
    }
    boolean typed = inputs.contains(TYPES);
    return new ExportedText(graph, typed, reading, manager);
  }

  /**
   * Opens a TorchScript module, which may run any code of LibTorch: only for files that the user
   * trusts. It is called with ids and mask, or with ids, mask and token types if it needs them.
   *
   * @param manager frees it
   * @throws StitchException (bad input) if the module has other inputs or outputs
   */
  public static ExportedText torchScript(Path file, Reading reading, NDManager manager) {
    TorchScriptGraph graph = TorchScriptGraph.open(file, manager);
    try {
      return new ExportedText(graph, false, reading, manager);
    } catch (StitchException two) {
      try {
        return new ExportedText(graph, true, reading, manager);
      } catch (StitchException three) {
        two.addSuppressed(three);
        throw two;
      }
    }
  }

  private static NDList trial(ExportedGraph graph, boolean typed, NDManager manager) {
    var shape = new Shape(1, 3);
    return graph.run(
        inputs(manager.zeros(shape, DataType.INT64), manager.ones(shape, DataType.INT64), typed),
        Set.of());
  }

  private static NDList inputs(NDArray ids, NDArray mask, boolean typed) {
    NDList inputs = new NDList(named(ids, IDS), named(mask, MASK)); // (B, T)
    if (typed) {
      inputs.add(named(ids.zerosLike(), TYPES));
    }
    return inputs;
  }

  private static NDArray named(NDArray array, String name) {
    array.setName(name);
    return array;
  }

  private static NDArray choose(Outputs outputs, Reading reading) {
    Optional<NDArray> done = reading.pooling().isEmpty() ? outputs.named(DONE) : Optional.empty();
    Optional<NDArray> chosen =
        reading.wanted() == Pooling.POOLER
            ? done.or(() -> outputs.named(POOLED))
            : done.or(() -> outputs.named(STATES)).or(outputs::only);
    return chosen
        .filter(o -> isVector(o, reading) || isStates(o))
        .filter(o -> o.getShape().get(0) == 1)
        .orElseThrow(() -> outputs.refusal(expected(reading)));
  }

  private static boolean isVector(NDArray output, Reading reading) {
    boolean asked = reading.pooling().filter(p -> p != Pooling.POOLER).isPresent();
    return output.getShape().dimension() == 2 && !asked;
  }

  private static boolean isStates(NDArray output) {
    return output.getShape().dimension() == 3 && output.getShape().get(1) == 3;
  }

  private static String expected(Reading reading) {
    return reading
        .pooling()
        .map(
            p ->
                p == Pooling.POOLER
                    ? "pooler_output (B, D) for pooling 'pooler'"
                    : "last_hidden_state (B, T, D) for pooling '" + p.id() + "'")
        .orElse("last_hidden_state (B, T, D) or sentence_embedding (B, D)");
  }

  @Override
  public int width() {
    return width;
  }

  @Override
  public int positions() {
    return reading.positions();
  }

  @Override
  public int padId() {
    return reading.padId();
  }

  @Override
  protected NDList forwardInternal(
      ParameterStore store, NDList inputs, boolean training, PairList<String, Object> params) {
    NDArray mask = inputs.get(1); // (B, T)
    NDArray attended = mask.neq(0).toType(DataType.INT64, false); // (B, T)
    NDArray result =
        graph
            .run(inputs(inputs.head(), attended, typed), Set.of(output))
            .singletonOrThrow(); // (B, ...)
    requireShape(result, inputs.head().getShape());
    NDArray vectors = vectors(result, mask); // (B, D)
    return new NDList(training ? vectors.duplicate() : vectors);
  }

  private NDArray vectors(NDArray result, NDArray mask) {
    if (!pooled) {
      return TokenPooling.pool(result, mask, reading.wanted(), reading.unitLength());
    }
    return reading.unitLength() ? TokenPooling.unitLength(result) : result;
  }

  private void requireShape(NDArray result, Shape ids) {
    Shape expected =
        pooled ? new Shape(ids.get(0), width) : new Shape(ids.get(0), ids.get(1), width);
    if (!result.getShape().equals(expected)) {
      throw StitchException.badInput(
          "'%s' gave output '%s' of shape %s for ids %s, expected %s; is its batch size fixed?",
          graph.name(), Printable.of(output), result.getShape(), ids, expected);
    }
  }

  @Override
  public ScriptPart script(int before, int behind) {
    throw graph.notExported();
  }

  @Override
  public Shape[] getOutputShapes(Shape[] inputShapes) {
    return new Shape[] {new Shape(inputShapes[0].get(0), width)};
  }
}
