// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.zoo.internal.export;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import io.github.djlstitch.core.StitchException;
import io.github.djlstitch.core.internal.script.ScriptFile;
import io.github.djlstitch.core.internal.script.ScriptPart;
import io.github.djlstitch.core.stitch.Encoder;
import io.github.djlstitch.core.stitch.Stitching;
import io.github.djlstitch.encoders.internal.encoder.PortableEncoder;
import io.github.djlstitch.encoders.internal.encoder.PortableInput;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * A stitched classifier as a folder that PyTorch, DJL and DJL Serving load without this library:
 * the whole network as one TorchScript file, the preparation of its inputs, its classes and the
 * settings of a server. Valid as long as the encoder is open.
 *
 * @param encoder id of the encoder
 * @param decoder name of the head
 * @param method how the encoder's vectors reach the head
 * @param network inputs to class scores (B, C) before softmax
 * @param input how inputs are prepared
 * @param classes C class names, in order
 */
public record ExportedModel(
    String encoder,
    String decoder,
    String method,
    ScriptPart network,
    PortableInput input,
    List<String> classes) {
  /** The TorchScript file, by the one name that DJL finds in a folder of any name. */
  public static final String NETWORK = "model.pt";

  static final String SETTINGS = "serving.properties";
  static final String CLASSES = "synset.txt";
  static final String CONFIG = "config.json";
  private static final String TEXTS =
      "ai.djl.huggingface.translator.TextClassificationTranslatorFactory";
  private static final String IMAGES =
      "ai.djl.modality.cv.translator.ImageClassificationTranslatorFactory";
  private static final Gson JSON =
      new GsonBuilder().setPrettyPrinting().disableHtmlEscaping().create();

  /**
   * The model of an encoder and what reads its vectors.
   *
   * @throws StitchException (usage) naming the encoder, method or head that cannot be exported
   */
  public static ExportedModel of(Encoder<?> encoder, Stitching stitching) {
    if (!(encoder instanceof PortableEncoder portable)) {
      throw StitchException.usage(
          "encoder '%s' cannot be exported; use one that djl-stitch reads from its weights",
          encoder.id());
    }
    ScriptPart reader = stitching.script(); // refuses before the weights are laid out
    var spec = stitching.decoder().spec();
    return new ExportedModel(
        encoder.id(),
        spec.name(),
        stitching.method().id(),
        ScriptPart.sequence("Stitched", List.of(portable.script(), reader)),
        portable.input(),
        spec.classes());
  }

  /**
   * Writes the folder, which appears whole or not at all.
   *
   * @throws StitchException (usage) if there is something of that name; (resources) if it cannot be
   *     written
   */
  public void write(Path folder) {
    WholeFolder.write(
        folder,
        files -> {
          files.add(NETWORK, out -> ScriptFile.write(out, network));
          files.add(input.file(), input.content());
          files.add(CLASSES, String.join("\n", lines()) + "\n");
          if (input.texts()) {
            files.add(CONFIG, config());
          }
          files.add(SETTINGS, settings());
          files.add("README.md", ExportGuide.text(this));
        });
  }

  // One class on each line, for programs that know no other form.
  private List<String> lines() {
    return classes.stream().map(name -> name.replaceAll("\\R", " ")).toList();
  }

  private String config() {
    Map<String, String> names = new LinkedHashMap<>();
    Map<String, Integer> numbers = new LinkedHashMap<>();
    for (int i = 0; i < classes.size(); i++) {
      names.put(Integer.toString(i), classes.get(i));
      numbers.put(classes.get(i), i);
    }
    Map<String, Object> config = new LinkedHashMap<>();
    config.put("id2label", names);
    config.put("label2id", numbers);
    config.put("problem_type", "single_label_classification");
    return JSON.toJson(config) + "\n";
  }

  /** The factory of DJL's own translator. */
  String translator() {
    return input.texts() ? TEXTS : IMAGES;
  }

  /** Lists what a server and DJL's {@code Criteria} read, a line each. */
  String settings() {
    Map<String, String> all = new LinkedHashMap<>();
    all.put("engine", "PyTorch");
    all.put("translatorFactory", translator());
    all.putAll(input.settings());
    if (!input.texts()) {
      all.put("applySoftmax", "true");
      all.put("topK", Integer.toString(classes.size()));
    }
    return all.entrySet().stream()
        .map(setting -> setting.getKey() + "=" + setting.getValue() + "\n")
        .collect(Collectors.joining());
  }
}
