// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.decoders;

import com.google.gson.JsonObject;
import io.github.djlstitch.core.FloatMatrix;
import io.github.djlstitch.core.StitchException;
import io.github.djlstitch.core.internal.file.JsonCard;
import io.github.djlstitch.core.internal.file.Safetensors;
import io.github.djlstitch.core.internal.file.SafetensorsWriter;
import io.github.djlstitch.core.internal.file.Sha256;
import io.github.djlstitch.core.internal.file.Tensor;
import io.github.djlstitch.core.relative.AnchoredSpace;
import io.github.djlstitch.core.stitch.DecoderSpec;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * A head on disk: one safetensors file with its weights, its specification and figures as JSON in
 * the header and, of a head that stands alone, its anchors' vectors and inputs. The header has the
 * digest of everything.
 */
public final class HeadFile {
  /** The ending of its name. */
  public static final String ENDING = ".safetensors";

  private static final String FORMAT = "djl-stitch head";
  private static final String SCHEMA = "2";
  private static final String WEIGHT = "head.";
  private static final String ANCHORS = "anchors";
  private static final String DATA = "data";
  private static final String CARD = "card";
  private static final String CARD_DIGEST = "card_sha256";
  private static final String STANDALONE = "standalone";
  private static final String READING = "reading";
  private static final String INPUTS_DIGEST = "inputs_sha256";
  private static final String METRICS = "metrics";
  private static final String TENSORS = "tensors";

  private HeadFile() {}

  /**
   * Saves a head, all or nothing.
   *
   * @throws StitchException (bad input) if the file's name ends otherwise than in {@link #ENDING};
   *     (resources) if it cannot be written
   */
  public static void save(ClassifierHead head, Path file) {
    requireEnding(file);
    List<Tensor> tensors = tensors(head);
    JsonObject card = SpecJson.of(head.spec());
    JsonObject metrics = new JsonObject();
    new TreeMap<>(head.metrics()).forEach(metrics::addProperty);
    card.add(METRICS, metrics);
    head.standalone().ifPresent(known -> card.add(STANDALONE, describe(known)));
    JsonObject digests = new JsonObject();
    tensors.forEach(tensor -> digests.addProperty(tensor.name(), tensor.sha256()));
    card.add(TENSORS, digests);
    String text = card.toString();
    SafetensorsWriter.write(
        file,
        Map.of("format", FORMAT, "schema", SCHEMA, CARD, text, CARD_DIGEST, digest(text)),
        tensors);
  }

  private static List<Tensor> tensors(ClassifierHead head) {
    List<Tensor> tensors = new ArrayList<>();
    head.weights()
        .tensors()
        .forEach((name, matrix) -> tensors.add(Tensor.of(WEIGHT + name, matrix)));
    head.standalone()
        .ifPresent(
            known -> {
              tensors.add(Tensor.of(ANCHORS, known.anchors()));
              if (known.dependsOnData()) {
                tensors.add(Tensor.of(DATA, known.space().data()));
              }
              known.inputs().map(StoredInputs::tensors).ifPresent(tensors::addAll);
            });
    return tensors;
  }

  private static JsonObject describe(Standalone known) {
    JsonObject json = new JsonObject();
    json.addProperty(INPUTS_DIGEST, known.inputsSha256());
    json.addProperty(READING, known.reading());
    return json;
  }

  /**
   * Loads a head.
   *
   * @throws StitchException (verification) if a part of it is not the one that was written; (bad
   *     input) if the file is missing, malformed, no head, or of an earlier version
   */
  public static ClassifierHead load(Path file) {
    requireEnding(file);
    Safetensors tensors = Safetensors.open(file);
    JsonCard card = card(file, tensors.metadata());
    requireDigests(file, tensors, card.textsByName(TENSORS));
    DecoderSpec spec = spec(file, card);
    requireDigest(
        file, "its list of anchors", card.card("anchors").text("sha256"), spec.anchors().sha256());
    var head = new ClassifierHead(spec, weights(file, spec, tensors), card.numbers(METRICS));
    return card.has(STANDALONE)
        ? head.with(standalone(file, tensors, spec, card.card(STANDALONE)))
        : head;
  }

  private static void requireEnding(Path file) {
    if (file.toString().endsWith(".json")) {
      throw StitchException.badInput(
          "'%s': heads are single %s files now, which bring their anchors along; train it again:"
              + " stitch train --out NAME%s",
          file, ENDING, ENDING);
    }
    if (!file.toString().endsWith(ENDING)) {
      throw StitchException.badInput(
          "a head's file ends in %s, as 'stitch train --out' writes it, but this is '%s'; name one",
          ENDING, file);
    }
  }

  private static JsonCard card(Path file, Map<String, String> metadata) {
    if (!FORMAT.equals(metadata.get("format")) || !metadata.containsKey(CARD)) {
      throw StitchException.badInput(
          "'%s' is not a head; 'stitch train --out NAME%s' writes one", file, ENDING);
    }
    if (!SCHEMA.equals(metadata.get("schema"))) {
      throw StitchException.badInput(
          "head '%s' has schema %s but this version reads %s; use the version that wrote it, or"
              + " train it again",
          file, metadata.get("schema"), SCHEMA);
    }
    String text = metadata.getOrDefault(CARD, "");
    requireDigest(
        file, "its description", metadata.getOrDefault(CARD_DIGEST, "none"), digest(text));
    return JsonCard.parse(file, text);
  }

  private static String digest(String card) {
    return Sha256.builder().add(card).hex();
  }

  private static void requireDigests(Path file, Safetensors tensors, Map<String, String> digests) {
    if (!tensors.names().equals(digests.keySet())) {
      throw StitchException.verification(
          "head '%s' has tensors %s but was written with %s; train or copy it again",
          file, tensors.names(), digests.keySet());
    }
    digests.forEach(
        (name, expected) -> requireDigest(file, "'" + name + "'", expected, tensors.sha256(name)));
  }

  private static void requireDigest(Path file, String what, String expected, String found) {
    if (!expected.equals(found)) {
      throw StitchException.verification(
          "head '%s' is damaged: the sha256 of %s is %.12s but was %.12s; copy or train it again",
          file, what, found, expected);
    }
  }

  private static DecoderSpec spec(Path file, JsonCard card) {
    try {
      return SpecJson.read(card);
    } catch (StitchException e) {
      // An unknown name in a file is not the user's wrong usage.
      throw StitchException.badInput("head '%s': %s", file, e.getMessage()).because(e);
    }
  }

  private static Standalone standalone(
      Path file, Safetensors tensors, DecoderSpec spec, JsonCard card) {
    FloatMatrix anchors = finite(file, ANCHORS, tensors.matrix(ANCHORS));
    FloatMatrix data =
        tensors.names().contains(DATA) ? finite(file, DATA, tensors.matrix(DATA)) : anchors;
    List<String> samples = spec.anchors().samples();
    return new Standalone(
        new AnchoredSpace(anchors, data),
        samples,
        card.text(INPUTS_DIGEST),
        StoredInputs.read(file, tensors, samples),
        card.text(READING));
  }

  private static FloatMatrix finite(Path file, String name, FloatMatrix matrix) {
    matrix
        .firstNonFiniteRow()
        .ifPresent(
            row -> {
              throw StitchException.badInput(
                  "head '%s': tensor '%s' has a value that is not finite in row %d; train the head"
                      + " again",
                  file, name, row);
            });
    return matrix;
  }

  private static HeadWeights weights(Path file, DecoderSpec spec, Safetensors tensors) {
    Map<String, FloatMatrix> matrices = new TreeMap<>();
    for (String name : tensors.names()) {
      if (name.startsWith(WEIGHT)) {
        matrices.put(name.substring(WEIGHT.length()), finite(file, name, tensors.matrix(name)));
      }
    }
    return switch (kind(file, spec.head().kind())) {
      case LINEAR -> linear(file, matrices);
      case MLP -> new MlpWeights(matrices);
      case OFFICIAL_TEXT, OFFICIAL_UNIT_TEXT, OFFICIAL_IMAGE, OFFICIAL_CURVE ->
          new OfficialWeights(OfficialLayout.of(kind(file, spec.head().kind())), matrices);
    };
  }

  private static LinearWeights linear(Path file, Map<String, FloatMatrix> matrices) {
    FloatMatrix weight = matrices.get(LinearWeights.WEIGHT);
    FloatMatrix bias = matrices.get(LinearWeights.BIAS);
    if (weight == null || bias == null) {
      throw StitchException.badInput(
          "head '%s' needs tensors 'weight' and 'bias' but has %s", file, matrices.keySet());
    }
    if (bias.rows() != 1 || bias.columns() != weight.rows()) {
      throw StitchException.badInput(
          "head '%s' needs a bias of shape (1, %d) but has %s", file, weight.rows(), bias);
    }
    return new LinearWeights(weight, bias);
  }

  private static HeadOptions.Kind kind(Path file, String id) {
    for (HeadOptions.Kind kind : HeadOptions.Kind.values()) {
      if (kind.id().equals(id)) {
        return kind;
      }
    }
    throw StitchException.badInput(
        "head '%s' is of the unknown kind '%s'; use the version that wrote it", file, id);
  }
}
