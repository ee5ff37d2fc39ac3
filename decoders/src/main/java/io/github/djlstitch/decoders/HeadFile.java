// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.decoders;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import io.github.djlstitch.core.FloatMatrix;
import io.github.djlstitch.core.StitchException;
import io.github.djlstitch.core.internal.file.JsonCard;
import io.github.djlstitch.core.internal.file.Safetensors;
import io.github.djlstitch.core.internal.file.SafetensorsWriter;
import io.github.djlstitch.core.internal.file.Sha256;
import io.github.djlstitch.core.internal.file.Tensor;
import io.github.djlstitch.core.relative.Centering;
import io.github.djlstitch.core.relative.Similarity;
import io.github.djlstitch.core.space.Anchors;
import io.github.djlstitch.core.space.Provenance;
import io.github.djlstitch.core.stitch.DecoderSpec;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * A head on disk: {@code NAME.safetensors} with its weights and {@code NAME.json} with its
 * specification, its metrics and the digests of the weights and of the anchors. The JSON file is
 * written last, so a head without a matching one does not exist.
 */
public final class HeadFile {
  private static final String KIND = "decoder";

  private HeadFile() {}

  /** The weights' file beside a head's JSON file. */
  public static Path weights(Path json) {
    String name = json.getFileName().toString();
    if (!name.endsWith(".json")) {
      throw StitchException.badInput("a saved head is named by its .json file, not '%s'", json);
    }
    return json.resolveSibling(name.substring(0, name.lastIndexOf('.')) + ".safetensors");
  }

  /** Saves a head, all or nothing. */
  public static void save(ClassifierHead head, Path json) {
    Path weights = weights(json);
    List<Tensor> tensors =
        new TreeMap<>(head.weights().tensors())
            .entrySet().stream().map(e -> Tensor.of(e.getKey(), e.getValue())).toList();
    SafetensorsWriter.write(weights, Map.of("format", KIND), tensors);
    JsonObject card = describe(head.spec());
    JsonObject metrics = new JsonObject();
    new TreeMap<>(head.metrics()).forEach(metrics::addProperty);
    card.add("metrics", metrics);
    card.addProperty("weights_sha256", digest(weights));
    JsonCard.write(json, card);
  }

  /**
   * Loads a head.
   *
   * @throws StitchException (verification) if the weights or the anchors are not those of the
   *     specification; (bad input) if a file is missing or malformed
   */
  public static ClassifierHead load(Path json) {
    JsonCard card = JsonCard.read(json);
    card.require("schema", "1");
    card.require("kind", KIND);
    Path weights = weights(json);
    requireDigest(weights.toString(), card.text("weights_sha256"), digest(weights));
    DecoderSpec spec = spec(json, card);
    requireDigest(
        "anchors of " + json, card.card("anchors").text("sha256"), spec.anchors().sha256());
    Safetensors tensors = Safetensors.open(weights);
    Map<String, FloatMatrix> matrices = new TreeMap<>();
    tensors.names().forEach(name -> matrices.put(name, finite(json, name, tensors.matrix(name))));
    return new ClassifierHead(spec, weights(json, spec, matrices), card.numbers("metrics"));
  }

  private static FloatMatrix finite(Path json, String name, FloatMatrix matrix) {
    matrix
        .firstNonFiniteRow()
        .ifPresent(
            row -> {
              throw StitchException.badInput(
                  "head '%s': tensor '%s' has a value that is not finite in row %d; train the head"
                      + " again",
                  json, name, row);
            });
    return matrix;
  }

  private static HeadWeights weights(
      Path json, DecoderSpec spec, Map<String, FloatMatrix> matrices) {
    HeadOptions.Kind kind = kind(spec.head());
    if (kind == HeadOptions.Kind.MLP) {
      return new MlpWeights(matrices);
    }
    if (kind != HeadOptions.Kind.LINEAR) {
      return new OfficialWeights(OfficialLayout.of(kind), matrices);
    }
    FloatMatrix weight = matrices.get(LinearWeights.WEIGHT);
    FloatMatrix bias = matrices.get(LinearWeights.BIAS);
    if (weight == null || bias == null) {
      throw StitchException.badInput(
          "head '%s' needs tensors 'weight' and 'bias' but has %s", json, matrices.keySet());
    }
    if (bias.rows() != 1 || bias.columns() != weight.rows()) {
      throw StitchException.badInput(
          "head '%s' needs a bias of shape (1, %d) but has %s", json, weight.rows(), bias);
    }
    return new LinearWeights(weight, bias);
  }

  // Texts of other versions that name no kind are about the two that were there first.
  private static HeadOptions.Kind kind(DecoderSpec.Head head) {
    return Arrays.stream(HeadOptions.Kind.values())
        .filter(kind -> kind.id().equals(head.kind()))
        .findFirst()
        .orElseGet(
            () ->
                head.kind().startsWith(HeadOptions.Kind.LINEAR.id())
                    ? HeadOptions.Kind.LINEAR
                    : HeadOptions.Kind.MLP);
  }

  private static JsonObject describe(DecoderSpec spec) {
    JsonObject card = new JsonObject();
    card.addProperty("schema", "1");
    card.addProperty("kind", KIND);
    card.addProperty("name", spec.name());
    card.addProperty("reads", spec.reads().id());
    card.add("training", spec.training().toJson());
    card.addProperty("similarity", spec.similarity().kind().id());
    card.addProperty("parameter", spec.similarity().parameter());
    if (spec.similarity().kind().distance()) {
      card.addProperty("distances", spec.similarity().negated() ? "negated" : "positive");
    }
    card.addProperty("center", spec.centering().id());
    card.addProperty("width", spec.width());
    card.addProperty("head", spec.head().text());
    card.addProperty("seed", spec.seed());
    card.add("classes", array(spec.classes()));
    card.add("anchors", spec.anchors().toJson());
    return card;
  }

  private static DecoderSpec spec(Path json, JsonCard card) {
    try {
      return spec(card);
    } catch (StitchException e) {
      // An unknown name in a file is not the user's wrong usage.
      throw StitchException.badInput("head '%s': %s", json, e.getMessage()).because(e);
    }
  }

  private static DecoderSpec spec(JsonCard card) {
    return new DecoderSpec(
        reads(card.text("reads")),
        Provenance.read(card.card("training")),
        Anchors.read(card.card("anchors")),
        similarity(card),
        Centering.named(card.text("center")),
        Math.toIntExact(card.integer("width")),
        card.texts("classes"),
        DecoderSpec.Head.parse(card.text("head")),
        card.integer("seed"));
  }

  // Heads saved before there were other parameters than lambda have it under that name.
  private static Similarity similarity(JsonCard card) {
    double parameter = card.number(card.has("parameter") ? "parameter" : "lambda");
    var similarity = Similarity.named(card.text("similarity"), parameter);
    boolean positive = card.has("distances") && card.text("distances").equals("positive");
    return positive ? similarity.positive() : similarity;
  }

  private static DecoderSpec.Reads reads(String id) {
    try {
      return DecoderSpec.Reads.valueOf(id.toUpperCase(Locale.ROOT));
    } catch (IllegalArgumentException e) {
      throw StitchException.badInput(
              "a head reads 'absolute', 'relative' or 'product', not '%s'", id)
          .because(e);
    }
  }

  private static JsonArray array(List<String> texts) {
    JsonArray array = new JsonArray();
    texts.forEach(array::add);
    return array;
  }

  private static void requireDigest(String what, String expected, String found) {
    if (!expected.equals(found)) {
      throw StitchException.verification(
          "%s: sha256 is %.12s but the head's file says %.12s; train the head again",
          what, found, expected);
    }
  }

  private static String digest(Path file) {
    if (!Files.isRegularFile(file)) {
      throw StitchException.badInput("no weights '%s' beside the head's .json file", file);
    }
    try {
      return Sha256.ofFile(file);
    } catch (IOException e) {
      throw StitchException.badInput("cannot read '%s': %s", file, e.getMessage()).because(e);
    }
  }
}
