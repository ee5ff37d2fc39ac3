// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.encoders.internal.checkpoint;

import io.github.djlstitch.core.StitchException;
import io.github.djlstitch.core.internal.file.JsonCard;
import io.github.djlstitch.core.stitch.Encoder;
import io.github.djlstitch.encoders.image.ImageSource;
import io.github.djlstitch.encoders.options.EncoderOptions;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * A model folder as timm or the Hugging Face Hub publishes it: {@code config.json}, weights, and
 * what makes samples into the network's input. Opening it reads the configuration only; weights are
 * mapped by the encoders.
 *
 * <p>Of several files of weights the first of these is taken: {@code model.safetensors}, the shards
 * of {@code model.safetensors.index.json}, {@code onnx/model.onnx} or {@code model.onnx} (with ONNX
 * Runtime on the class path), a TorchScript file (only if code is trusted). Pickled checkpoints are
 * never opened.
 *
 * <p>Texts are pooled as the folder's {@code modules.json} says, if there is one. Without, it is
 * the last layer's state of the first token, not scaled, as in Moschella et al. 2022,
 * arXiv:2209.15430, whose results this project repeats; the library sentence-transformers would
 * take the mean of all tokens there. CLIP models give the projected features that they compare, not
 * scaled. Vision networks give the features that they classify.
 *
 * <p>Immutable and thread-safe; the files must not change while it is in use.
 */
public final class Checkpoint {
  static final String CONFIG = "config.json";

  private final ModelFolder root;
  private final ModelFolder network;
  private final JsonCard config;
  private final Architecture architecture;
  private final List<String> warnings;
  private final FilesDigest digests = new FilesDigest();

  private Checkpoint(
      ModelFolder root,
      ModelFolder network,
      JsonCard config,
      Architecture architecture,
      List<String> warnings) {
    this.root = root;
    this.network = network;
    this.config = config;
    this.architecture = architecture;
    this.warnings = List.copyOf(warnings);
  }

  /**
   * Reads the configuration of a model folder.
   *
   * @throws StitchException (bad input) if it is no model folder, (unavailable) if its network is
   *     not one of those built in, naming the nearest
   */
  public static Checkpoint open(Path folder) {
    ModelFolder root = ModelFolder.open(folder);
    ModelFolder network = SentenceSettings.network(root);
    Optional<Modality> exported = exported(network);
    if (!network.has(CONFIG) && exported.isEmpty()) {
      throw StitchException.badInput(
          "model folder '%s' has no config.json; give a folder as timm or the Hugging Face Hub"
              + " publishes it",
          network);
    }
    JsonCard config = network.card(CONFIG).orElseGet(() -> JsonCard.absent(network.file(CONFIG)));
    var architecture = Architecture.of(config, exported, network);
    List<String> warnings = warnings(root, config);
    if (architecture.modality().readsTexts()) {
      warnings.addAll(TextFiles.tokenizerSettings(network, config).warnings());
    }
    return new Checkpoint(root, network, config, architecture, warnings);
  }

  // The files that prepare its input show what a graph reads.
  private static Optional<Modality> exported(ModelFolder folder) {
    if (!WeightsFile.hasExport(folder)) {
      return Optional.empty();
    }
    boolean images = ImageProcessor.find(folder).isPresent();
    boolean texts = folder.has(TextFiles.TOKENIZER);
    return images || texts
        ? Optional.of(images ? Modality.IMAGE : Modality.TEXT)
        : Optional.empty();
  }

  private static List<String> warnings(ModelFolder folder, JsonCard config) {
    List<String> warnings = new ArrayList<>();
    for (String name : folder.names()) {
      boolean code = name.endsWith(".py") || name.endsWith(".jar") || name.endsWith(".java");
      if (code || name.equals("libs") || name.equals("lib") || name.equals("serving.properties")) {
        warnings.add(
            "model folder '%s': '%s' is ignored; no code or setting of a model server is taken"
                .formatted(folder, name));
      }
    }
    if (config.gives("auto_map")) {
      warnings.add(
          "'%s': 'auto_map' is ignored; the network is the one of its name that is built in"
              .formatted(folder.file(CONFIG)));
    }
    return warnings;
  }

  /** The network's name: timm's architecture, or Hugging Face's model type. */
  public String name() {
    return architecture.name();
  }

  /** Returns the modality of its inputs. */
  public Modality modality() {
    return architecture.modality();
  }

  /** Returns the license named in the configuration; timm's configurations name one. */
  public Optional<String> license() {
    JsonCard card = config.givesCard("pretrained_cfg") ? config.card("pretrained_cfg") : config;
    return card.gives("license") ? Optional.of(card.text("license")) : Optional.empty();
  }

  /** Lists the files and settings of the folder that are ignored, a line each. */
  public List<String> warnings() {
    return warnings;
  }

  /**
   * Opens it for texts; the caller closes the encoder.
   *
   * @param id the encoder's name
   * @throws StitchException (usage) if it reads images only, or if the options request a feature
   *     that it lacks; (bad input) naming the file that is missing or wrong; (unavailable) if it
   *     needs ONNX Runtime, which is not on the class path
   */
  public Encoder<String> textEncoder(String id, EncoderOptions options) {
    return texts(options).orElseThrow(() -> refusal("texts")).open(id);
  }

  /**
   * Opens it for images; the caller closes the encoder.
   *
   * @param id the encoder's name
   * @throws StitchException as {@link #textEncoder}
   */
  public Encoder<ImageSource> imageEncoder(String id, EncoderOptions options) {
    return images(options).orElseThrow(() -> refusal("images")).open(id);
  }

  /**
   * The digest of everything that decides the vectors: each file that is read, layer, pooling,
   * number type. For a checkpoint of texts and images it covers both encoders' files.
   */
  public String sha256(EncoderOptions options) {
    Optional<TextFiles> texts = texts(options);
    Optional<ImageFiles> images = images(options);
    if (texts.isPresent() && images.isPresent()) {
      return texts.get().digest().add(images.get().sha256()).hex();
    }
    return texts.map(TextFiles::sha256).or(() -> images.map(ImageFiles::sha256)).orElseThrow();
  }

  /** The prefix of every text; empty if it reads none. */
  public String prefix(EncoderOptions options) {
    return texts(options).map(TextFiles::prefix).orElse("");
  }

  /** Returns true if a role is asked for and no prefix of any role is known. */
  public boolean ignoresRole(EncoderOptions options) {
    return texts(options).map(TextFiles::ignoresRole).orElse(false);
  }

  /** The number of layers of a text network whose layers can be read; empty for all others. */
  public OptionalInt textLayers() {
    return texts(EncoderOptions.defaults()).map(TextFiles::layers).orElse(OptionalInt.empty());
  }

  private Optional<TextFiles> texts(EncoderOptions options) {
    return architecture instanceof TextArchitecture reads
        ? Optional.of(TextFiles.of(root, config, reads, options, digests))
        : Optional.empty();
  }

  private Optional<ImageFiles> images(EncoderOptions options) {
    return architecture instanceof ImageArchitecture reads
        ? Optional.of(ImageFiles.of(network, config, reads, options, digests))
        : Optional.empty();
  }

  private StitchException refusal(String wanted) {
    return StitchException.usage(
        "'%s' (%s) reads %s, not %s; choose another encoder or data set",
        root, name(), modality().plural(), wanted);
  }
}
