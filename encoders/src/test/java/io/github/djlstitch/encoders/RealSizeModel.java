// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.encoders;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Block;
import ai.djl.training.ParameterStore;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import io.github.djlstitch.core.internal.file.JsonCard;
import io.github.djlstitch.encoders.internal.block.Readout;
import io.github.djlstitch.encoders.internal.text.ClipTextConfig;
import io.github.djlstitch.encoders.internal.text.ClipTextTransformer;
import io.github.djlstitch.encoders.internal.text.TextConfig;
import io.github.djlstitch.encoders.internal.text.TextTransformer;
import io.github.djlstitch.encoders.internal.vision.FormulaModels;
import io.github.djlstitch.encoders.internal.vision.FormulaWeights;
import io.github.djlstitch.encoders.internal.vision.Golden;
import io.github.djlstitch.encoders.internal.vision.RexNet;
import io.github.djlstitch.encoders.internal.vision.RexNetConfig;
import io.github.djlstitch.encoders.internal.vision.VisionTransformer;
import io.github.djlstitch.encoders.internal.vision.VitConfig;
import io.github.djlstitch.encoders.internal.weights.WeightSource;
import io.github.djlstitch.encoders.options.NumberType;
import io.github.djlstitch.encoders.options.Pooling;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/**
 * A published architecture at its real size, with {@link FormulaWeights}, and what timm or
 * transformers make of the same weights.
 *
 * @param name of the architecture or the checkpoint
 * @param expected its entry in {@code real-size-expected.json}
 */
public record RealSizeModel(String name, JsonObject expected) {
  private static final String FILE = "fixtures/real-size-expected.json";
  private static final int BATCH = 8; // of which the file knows some samples
  private static final int FIRST_WORD = 5;
  private static final int CLIP_SIDE = 224;
  private static final Pattern LAYERS = Pattern.compile("\\{(\\d+)-(\\d+)}");

  /** Those in the file. */
  public static Set<String> names() {
    return file().keySet();
  }

  /** One of them. */
  public static RealSizeModel of(String name) {
    return new RealSizeModel(name, file().getAsJsonObject(name));
  }

  private static JsonObject file() {
    try {
      return Expected.json(FILE).getAsJsonObject();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The network, through the same reading of its configuration as a downloaded one. */
  public Block load(NumberType numbers, NDManager manager) {
    JsonCard config = config();
    var readout = Readout.of(Pooling.valueOf(text("pooling").toUpperCase(Locale.ROOT)));
    WeightSource weights = weights();
    if (isRexNet()) {
      return RexNet.load(RexNetConfig.timm(config), readout, numbers, weights, manager);
    }
    if (!readsTexts()) {
      return VisionTransformer.load(vit(config, weights), readout, numbers, weights, manager);
    }
    return isClip()
        ? ClipTextTransformer.load(ClipTextConfig.of(config), readout, numbers, weights, manager)
        : TextTransformer.load(TextConfig.of(config), readout, numbers, weights, manager);
  }

  /** Values in all tensors of the checkpoint. */
  public long parameters() {
    WeightSource weights = weights();
    return weights.names().stream().mapToLong(tensor -> weights.shape(tensor).size()).sum();
  }

  /**
   * The largest difference from what is expected, over the samples of a batch of 1 or 8 that the
   * file knows.
   */
  public double difference(Block network, int batch, NDManager manager) {
    float[] vectors = forward(network, batch, manager);
    int width = vectors.length / batch;
    if (width != expected.get("width").getAsInt()) {
      throw new AssertionError(name + " is " + width + " wide");
    }
    double largest = 0;
    for (var sample : expected.getAsJsonObject("samples").entrySet()) {
      int i = Integer.parseInt(sample.getKey());
      if (i < batch) {
        float[] vector = Arrays.copyOfRange(vectors, i * width, (i + 1) * width);
        JsonObject digest = sample.getValue().getAsJsonObject();
        largest = Math.max(largest, Golden.difference(digest, vector));
      }
    }
    return largest;
  }

  /** The smallest cosine of vectors of two networks, over a batch of 8. */
  public double cosine(Block one, Block other, NDManager manager) {
    float[] a = forward(one, BATCH, manager);
    float[] b = forward(other, BATCH, manager);
    int width = a.length / BATCH;
    return IntStream.range(0, BATCH)
        .mapToDouble(i -> cosine(a, b, i * width, width))
        .min()
        .orElse(0);
  }

  private static double cosine(float[] a, float[] b, int from, int width) {
    double product = 0;
    double first = 0;
    double second = 0;
    for (int i = from; i < from + width; i++) {
      product += (double) a[i] * b[i];
      first += (double) a[i] * a[i];
      second += (double) b[i] * b[i];
    }
    return product / Math.sqrt(first * second);
  }

  private float[] forward(Block network, int batch, NDManager manager) {
    try (NDManager scope = manager.newSubManager()) {
      NDList inputs = readsTexts() ? tokens(batch, scope) : pixels(batch, scope);
      return network.forward(new ParameterStore(scope, false), inputs, false).head().toFloatArray();
    }
  }

  private NDList pixels(int batch, NDManager manager) {
    JsonCard config = config();
    int side = config.gives("architecture") ? input(config) : CLIP_SIDE;
    var shape = new Shape(batch, 3, side, side);
    NDArray pixels = manager.create(FormulaWeights.values("input", shape), shape); // (B, 3, H, W)
    return new NDList(pixels);
  }

  private static int input(JsonCard config) {
    return config.card("pretrained_cfg").sizes("input_size").get(1);
  }

  // Words are spread over the vocabulary; each text ends an eighth earlier than the one before it.
  private NDList tokens(int batch, NDManager manager) {
    int tokens = expected.get("tokens").getAsInt();
    var shape = new Shape(batch, tokens);
    float[] spread = FormulaWeights.values("input", shape);
    long[] mask = new long[spread.length];
    long[] ids = new long[spread.length];
    for (int i = 0; i < ids.length; i++) {
      int last = tokens - i / tokens * (tokens / BATCH) - 1;
      mask[i] = i % tokens <= last ? 1 : 0;
      ids[i] = id(spread[i], i % tokens - last);
    }
    NDArray[] inputs = {manager.create(ids, shape), manager.create(mask, shape)}; // (B, T)
    return new NDList(inputs);
  }

  private long id(float spread, int behindLast) {
    if (behindLast > 0) {
      return expected.get("pad").getAsLong();
    }
    JsonElement end = expected.get("end");
    if (end != null && behindLast == 0) {
      return end.getAsLong();
    }
    long words = (end == null ? expected.get("vocabulary") : end).getAsLong() - FIRST_WORD;
    return FIRST_WORD + (long) ((spread + 1.0) / 2 * words);
  }

  private WeightSource weights() {
    if (isRexNet()) {
      return FormulaModels.rexNetWeights(RexNetConfig.timm(config()).multiplier());
    }
    Map<String, Shape> shapes = new LinkedHashMap<>();
    for (var tensor : expected.getAsJsonObject("tensors").entrySet()) {
      var shape = new Shape(Expected.longs(tensor.getValue()));
      unfolded(tensor.getKey()).forEach(each -> shapes.put(each, shape));
    }
    return new FormulaWeights(shapes);
  }

  // "blocks.{0-11}.norm1.weight"
  private static List<String> unfolded(String folded) {
    Matcher layers = LAYERS.matcher(folded);
    if (!layers.find()) {
      return List.of(folded);
    }
    int from = Integer.parseInt(layers.group(1));
    List<String> names = new ArrayList<>();
    IntStream.rangeClosed(from, Integer.parseInt(layers.group(2)))
        .forEach(i -> names.add(folded.replace(layers.group(), "" + i)));
    return names;
  }

  private static VitConfig vit(JsonCard config, WeightSource weights) {
    return config.gives("architecture") ? VitConfig.timm(config, weights) : VitConfig.clip(config);
  }

  private JsonCard config() {
    return JsonCard.parse(Path.of(FILE), expected.get("config").toString());
  }

  private boolean isRexNet() {
    return name.startsWith("rexnet");
  }

  private boolean isClip() {
    return name.startsWith("clip");
  }

  private boolean readsTexts() {
    return expected.has("tokens");
  }

  private String text(String field) {
    return expected.get(field).getAsString();
  }
}
