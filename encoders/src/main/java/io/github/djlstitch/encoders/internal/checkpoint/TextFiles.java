// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.encoders.internal.checkpoint;

import ai.djl.ndarray.NDManager;
import io.github.djlstitch.core.StitchException;
import io.github.djlstitch.core.internal.file.JsonCard;
import io.github.djlstitch.core.internal.file.Sha256;
import io.github.djlstitch.encoders.internal.block.Readout;
import io.github.djlstitch.encoders.internal.encoder.FrozenTextEncoder;
import io.github.djlstitch.encoders.internal.exported.ExportedText;
import io.github.djlstitch.encoders.internal.exported.OnnxRuntime;
import io.github.djlstitch.encoders.internal.text.TextNetwork;
import io.github.djlstitch.encoders.internal.text.TextTokenizer;
import io.github.djlstitch.encoders.internal.tokenizer.Tokenization;
import io.github.djlstitch.encoders.internal.tokenizer.TokenizerSettings;
import io.github.djlstitch.encoders.options.EncoderOptions;
import io.github.djlstitch.encoders.options.Pooling;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/** The files and options that a text encoder is opened from. */
record TextFiles(
    ModelFolder root,
    JsonCard config,
    TextArchitecture architecture,
    SentenceSettings settings,
    WeightsFile weights,
    EncoderOptions options,
    FilesDigest digests) {
  static final String TOKENIZER = "tokenizer.json";

  private static final String TOKENIZER_CONFIG = "tokenizer_config.json";
  private static final List<String> OTHER_TOKENIZERS =
      List.of("vocab.txt", "spiece.model", "sentencepiece.bpe.model", "vocab.json", "merges.txt");
  private static final int SANE_LIMIT = 1 << 20; // "no limit" is written as 10^30

  static TextFiles of(
      ModelFolder root,
      JsonCard config,
      TextArchitecture architecture,
      EncoderOptions options,
      FilesDigest digests) {
    var settings = SentenceSettings.of(root, options);
    var weights =
        WeightsFile.find(settings.network(), architecture.isBuiltIn(), options.trustCode());
    Exports.requirePossible(weights, options);
    var files = new TextFiles(root, config, architecture, settings, weights, options, digests);
    if (options.scale().isPresent() && files.layers().isEmpty()) {
      throw Exports.noScale(root, architecture.name());
    }
    return files;
  }

  /** All that the files beside {@code tokenizer.json} say about it. */
  static TokenizerSettings tokenizerSettings(ModelFolder network, JsonCard config) {
    return TokenizerSettings.of(config, network::card, network::file);
  }

  /** The number of layers, of networks whose layers can be read. */
  OptionalInt layers() {
    return weights.isTensors() ? architecture.layers() : OptionalInt.empty();
  }

  FrozenTextEncoder open(String id) {
    if (weights.format() == WeightsFile.Format.ONNX) {
      OnnxRuntime.require();
    }
    var identity = identity(id);
    var tokenization = Tokenization.of(tokenizer(), tokenizerSettings(settings.network(), config));
    var tokenizer = TextTokenizer.open(tokenization, maxTokens(), settings.cleaning());
    return FrozenTextEncoder.open(
        identity, this::network, tokenizer, Exports.device(weights, options), options.batch());
  }

  private FrozenTextEncoder.Identity identity(String id) {
    return new FrozenTextEncoder.Identity(
        id, sha256(), prefix(), role -> with(options.withRole(role)).identity(id));
  }

  private TextFiles with(EncoderOptions other) {
    return new TextFiles(root, config, architecture, settings, weights, other, digests);
  }

  String sha256() {
    return digest().hex();
  }

  Sha256 digest() {
    List<Path> files = new ArrayList<>(settings.files());
    files.addAll(weights.files());
    files.add(tokenizer());
    List<String> names = new ArrayList<>(TokenizerSettings.FILES);
    names.add(Checkpoint.CONFIG);
    names.stream()
        .filter(settings.network()::has)
        .map(settings.network()::file)
        .forEach(files::add);
    String reading =
        "text %d %s %s %s"
            .formatted(
                readout().layer(),
                readout().pooling().id(),
                options.pooling().isPresent(),
                options.numbers().id());
    String length = settings.unitLength() && options.ownLength() ? " own length" : "";
    String scale = options.scale().map(s -> " " + s.id()).orElse("");
    String other = prefix().equals(settings.prefixes().usual()) ? "" : " prefix " + prefix();
    return digests.of(reading + length + scale + other, root, files);
  }

  /** The prefix of every text. */
  String prefix() {
    return settings.prefixes().of(options.prompt());
  }

  /** Returns true if a role is asked for and the folder has no prefix of any role. */
  boolean ignoresRole() {
    return settings.prefixes().ignores(options.prompt());
  }

  private Readout readout() {
    Pooling pooling = settings.pooling().orElseGet(architecture::defaultPooling);
    int layer = options.layer().orElse(Readout.LAST_LAYER);
    return new Readout(layer, pooling, unitLength());
  }

  private boolean unitLength() {
    return settings.unitLength() && !options.ownLength();
  }

  private TextNetwork network(NDManager manager) {
    return weights.isTensors()
        ? architecture.load(weights.open(), readout(), options, manager)
        : exported(manager);
  }

  private ExportedText exported(NDManager manager) {
    var reading =
        new ExportedText.Reading(
            options.pooling(),
            readout().pooling(),
            unitLength(),
            architecture.positions(),
            padId());
    return weights.format() == WeightsFile.Format.ONNX
        ? ExportedText.onnx(weights.path(), reading, manager)
        : ExportedText.torchScript(weights.path(), reading, manager);
  }

  private int padId() {
    long id = config.gives("pad_token_id") ? config.integer("pad_token_id") : 0;
    if (id < 0 || id > Integer.MAX_VALUE) {
      throw config.refusal("pad_token_id", "a token id");
    }
    return (int) id;
  }

  private int maxTokens() {
    int positions = architecture.positions();
    int limit = settings.maxTokens().orElseGet(() -> tokenizerLimit().orElse(positions));
    return Math.min(limit, positions);
  }

  private Optional<Integer> tokenizerLimit() {
    return settings
        .network()
        .card(TOKENIZER_CONFIG)
        .filter(card -> card.gives("model_max_length"))
        .map(card -> card.number("model_max_length"))
        .filter(limit -> limit >= 1 && limit <= SANE_LIMIT)
        .map(Double::intValue);
  }

  private Path tokenizer() {
    ModelFolder folder = settings.network();
    for (ModelFolder place : List.of(folder, root)) {
      if (place.has(TOKENIZER)) {
        return place.file(TOKENIZER);
      }
    }
    Optional<String> other = OTHER_TOKENIZERS.stream().filter(folder::has).findFirst();
    throw StitchException.badInput(
        "model folder '%s' has no tokenizer.json%s; take a revision that has it, or make it in"
            + " Python with AutoTokenizer.from_pretrained(...).save_pretrained(...)",
        folder,
        other.map(name -> ", and '" + name + "' alone does not say how texts are cut").orElse(""));
  }
}
