// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.encoders.internal.exported;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.AbstractBlock;
import ai.djl.training.ParameterStore;
import ai.djl.util.PairList;
import ai.onnxruntime.TensorInfo;
import io.github.djlstitch.core.StitchException;
import io.github.djlstitch.core.internal.file.Printable;
import io.github.djlstitch.core.internal.script.ScriptPart;
import io.github.djlstitch.encoders.internal.text.TokenPooling;
import io.github.djlstitch.encoders.internal.vision.ImageSize;
import io.github.djlstitch.encoders.internal.vision.VisionNetwork;
import io.github.djlstitch.encoders.options.Pooling;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * An image encoder in an ONNX graph or a TorchScript module: normalized pixels (B, 3, H, W),
 * float32, to vectors (B, D), float32. Thread-safe.
 *
 * <p>Reads {@code image_embeds}, else {@code last_hidden_state}: the first token, or the mean over
 * the tokens if that was requested, or the mean over all places of a feature map (B, D, h, w). With
 * pooling {@code POOLER} it is {@code pooler_output}. A single output of vectors may have any name.
 */
public final class ExportedVision extends AbstractBlock implements VisionNetwork {
  private static final byte VERSION = 1;
  private static final String PIXELS = "pixel_values";
  private static final List<String> OWN =
      List.of("image_embeds", "image_embedding", "last_hidden_state");
  private static final List<String> STATES = List.of("last_hidden_state");
  private static final List<String> POOLED = List.of("pooler_output");

  private final ExportedGraph graph;
  private final String input;
  private final Reading reading;
  private final String output;
  private final int width;

  /**
   * Selects pooling, length and input size of an image graph's vectors.
   *
   * @param pooling {@code OWN}, {@code CLS}, {@code MEAN}, {@code MAX} or {@code POOLER}
   * @param unitLength true to scale vectors to length 1
   */
  public record Reading(Pooling pooling, boolean unitLength, ImageSize image) {
    /** Checks the pooling. */
    public Reading {
      if (!Set.of(Pooling.OWN, Pooling.CLS, Pooling.MEAN, Pooling.MAX, Pooling.POOLER)
          .contains(pooling)) {
        throw StitchException.usage(
            "pooling '%s' is for texts only; images support own, cls, mean, max and pooler",
            pooling.id());
      }
    }
  }

  private ExportedVision(ExportedGraph graph, String input, Reading reading, NDManager manager) {
    super(VERSION);
    this.graph = graph;
    this.input = input;
    this.reading = reading;
    try (NDManager scope = manager.newSubManager()) {
      NDArray image = scope.zeros(new Shape(1, 3, imageHeight(), imageWidth())); // (1, 3, H, W)
      NDList trial = graph.run(inputs(image), Set.of()); // every output
      NDArray chosen = choose(new Outputs(graph.name(), trial)); // (1, ...)
      this.output = chosen.getName();
      this.width = Math.toIntExact(vectors(chosen).getShape().get(1));
    }
  }

  /**
   * Opens an ONNX graph in ONNX Runtime.
   *
   * @param manager frees it
   * @throws StitchException (bad input) if the graph has other inputs or outputs, or names files
   *     outside its folder
   */
  public static ExportedVision onnx(Path file, Reading reading, NDManager manager) {
    OnnxGraph graph = OnnxGraph.open(file, manager);
    Map<String, TensorInfo> inputs = graph.inputInfo();
    String name = String.join("", inputs.keySet());
    TensorInfo input = inputs.get(name); // null unless it is the only one
    if (input == null || inputs.size() > 1 || !reads(input.getShape(), reading.image())) {
      throw StitchException.badInput(
          "'%s' has the inputs %s, expected one of shape (B, 3, %d, %d)",
          file, describe(inputs), reading.image().height(), reading.image().width());
    }
    return new ExportedVision(graph, name, reading, manager);
  }

  /**
   * Opens a TorchScript module, which may run any code of LibTorch: only for files that the user
   * trusts. It is called with the pixels alone.
   *
   * @param manager frees it
   * @throws StitchException (bad input) if the module has other inputs or outputs
   */
  public static ExportedVision torchScript(Path file, Reading reading, NDManager manager) {
    return new ExportedVision(TorchScriptGraph.open(file, manager), PIXELS, reading, manager);
  }

  private static boolean reads(long[] shape, ImageSize image) {
    return shape.length == 4
        && fits(shape[1], 3)
        && fits(shape[2], image.height())
        && fits(shape[3], image.width());
  }

  // Dimensions that are not fixed are -1.
  private static boolean fits(long declared, long wanted) {
    return declared < 0 || declared == wanted;
  }

  private static String describe(Map<String, TensorInfo> inputs) {
    var text = new StringBuilder();
    inputs.forEach(
        (name, info) -> text.append(' ').append(name).append(new Shape(info.getShape())));
    return Printable.of(text.toString().strip());
  }

  private NDArray choose(Outputs outputs) {
    Optional<NDArray> chosen =
        switch (reading.pooling()) {
          case OWN -> outputs.named(OWN).or(outputs::only);
          case POOLER -> outputs.named(POOLED);
          case CLS, MEAN, MAX, CONTENT_MEAN, MEAN_SQRT_LEN, WEIGHTED_MEAN, LAST ->
              outputs.named(STATES).or(outputs::only);
        };
    return chosen
        .filter(o -> isReadable(o.getShape()) && o.getShape().get(0) == 1)
        .orElseThrow(() -> outputs.refusal(expected()));
  }

  private boolean isReadable(Shape shape) {
    boolean pools = reading.pooling() != Pooling.OWN && reading.pooling() != Pooling.POOLER;
    return switch (shape.dimension()) {
      case 2 -> !pools;
      case 3 -> true;
      case 4 -> reading.pooling() != Pooling.CLS;
      default -> false;
    };
  }

  private String expected() {
    return switch (reading.pooling()) {
      case OWN -> "image_embeds (B, D) or last_hidden_state (B, T, D)";
      case POOLER -> "pooler_output (B, D) for pooling 'pooler'";
      case CLS, MAX, MEAN, CONTENT_MEAN, MEAN_SQRT_LEN, WEIGHTED_MEAN, LAST ->
          "last_hidden_state (B, T, D) for pooling '" + reading.pooling().id() + "'";
    };
  }

  private NDList inputs(NDArray pixels) {
    pixels.setName(input);
    return new NDList(pixels);
  }

  private NDArray vectors(NDArray result) {
    NDArray vectors = pooled(result); // (B, D)
    return reading.unitLength() ? TokenPooling.unitLength(vectors) : vectors;
  }

  private NDArray pooled(NDArray result) {
    return switch (result.getShape().dimension()) {
      case 2 -> result;
      case 3 -> ofTokens(result);
      default -> ofMap(result);
    };
  }

  private NDArray ofTokens(NDArray states) {
    return switch (reading.pooling()) {
      case MEAN -> states.mean(new int[] {1});
      case MAX -> states.max(new int[] {1});
      case OWN, CLS, POOLER, CONTENT_MEAN, MEAN_SQRT_LEN, WEIGHTED_MEAN, LAST ->
          states.get(":, 0"); // no others get here
    };
  }

  private NDArray ofMap(NDArray features) {
    NDArray places = features.flatten(2, 3); // (B, D, h w)
    return reading.pooling() == Pooling.MAX
        ? places.max(new int[] {2})
        : places.mean(new int[] {2});
  }

  @Override
  public int width() {
    return width;
  }

  @Override
  public int imageHeight() {
    return reading.image().height();
  }

  @Override
  public int imageWidth() {
    return reading.image().width();
  }

  @Override
  protected NDList forwardInternal(
      ParameterStore store, NDList inputs, boolean training, PairList<String, Object> params) {
    NDArray pixels = inputs.head(); // (B, 3, H, W)
    NDArray result = graph.run(inputs(pixels), Set.of(output)).singletonOrThrow(); // (B, ...)
    if (result.getShape().get(0) != pixels.getShape().get(0)) {
      throw StitchException.badInput(
          "'%s' gave output '%s' of shape %s for images %s; is its batch size fixed?",
          graph.name(), Printable.of(output), result.getShape(), pixels.getShape());
    }
    NDArray vectors = vectors(result); // (B, D)
    return new NDList(training ? vectors.duplicate() : vectors);
  }

  @Override
  public ScriptPart script() {
    throw graph.notExported();
  }

  @Override
  public Shape[] getOutputShapes(Shape[] inputShapes) {
    return new Shape[] {new Shape(inputShapes[0].get(0), width)};
  }
}
