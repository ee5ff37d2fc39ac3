// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.zoo;

import ai.djl.Device;
import io.github.djlstitch.core.NearestName;
import io.github.djlstitch.core.StitchException;
import io.github.djlstitch.core.data.Dataset;
import io.github.djlstitch.core.data.Sample;
import io.github.djlstitch.core.engine.EngineInfo;
import io.github.djlstitch.core.relative.Centering;
import io.github.djlstitch.core.relative.Similarity;
import io.github.djlstitch.core.space.AnchorSelector;
import io.github.djlstitch.core.space.Anchors;
import io.github.djlstitch.core.space.LatentSpace;
import io.github.djlstitch.core.space.Provenance;
import io.github.djlstitch.core.stitch.Decoder;
import io.github.djlstitch.core.stitch.DecoderSpec;
import io.github.djlstitch.core.stitch.EncodedDataset;
import io.github.djlstitch.core.stitch.Encoder;
import io.github.djlstitch.core.stitch.HeadRecipe;
import io.github.djlstitch.core.stitch.HeadSource;
import io.github.djlstitch.core.stitch.Progress;
import io.github.djlstitch.decoders.HeadOptions;
import io.github.djlstitch.encoders.TextEncoder;
import io.github.djlstitch.encoders.block.NumberType;
import io.github.djlstitch.encoders.block.Readout;
import io.github.djlstitch.encoders.text.TextTokenizer;
import io.github.djlstitch.encoders.text.TextTransformer;
import io.github.djlstitch.encoders.weights.OnnxWeights;
import io.github.djlstitch.zoo.data.DatasetOptions;
import io.github.djlstitch.zoo.data.Datasets;
import io.github.djlstitch.zoo.data.TextLines;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Names to opened encoders, encoded data sets and heads. Files, encodings and heads are kept under
 * one cache folder, which processes may share. Thread-safe.
 */
public final class ModelZoo {
  private static final int DEFAULT_ANCHORS = 300;

  private final Options options;
  private final ArtifactStore artifacts;
  private final CacheCounts counts = new CacheCounts();

  /**
   * How the zoo works.
   *
   * @param cache folder of everything that is kept
   * @param numbers number type the encoders compute in
   * @param device {@code auto}, {@code cpu}, {@code gpu} or {@code gpuN}
   * @param batch most texts in one forward pass, at least 1
   * @param progress hears of long work
   * @param warnings hears, a line each, of what went wrong and was mended
   */
  public record Options(
      Path cache,
      NumberType numbers,
      String device,
      int batch,
      Progress progress,
      Consumer<String> warnings) {
    /** Checks the batch. */
    public Options {
      if (batch < 1) {
        throw StitchException.usage("a batch of %d texts; expected at least 1", batch);
      }
    }

    /** float32 in batches of 32 on the best device, silently. */
    public static Options in(Path cache) {
      return new Options(cache, NumberType.FLOAT32, "auto", 32, Progress.NONE, warning -> {});
    }
  }

  private ModelZoo(Options options) {
    this.options = options;
    this.artifacts = new ArtifactStore(options.cache().resolve("models"), options.warnings());
  }

  /**
   * A zoo over a cache folder, which is made when something is first kept.
   *
   * @throws StitchException (usage) if there is no device of that name, (unavailable) if it is a
   *     GPU that is not there
   */
  public static ModelZoo open(Options options) {
    var zoo = new ModelZoo(options);
    if (!"auto".equals(options.device())) {
      EngineInfo.device(options.device());
    }
    return zoo;
  }

  /** The device that encoders compute on: {@code cpu}, or {@code gpu} and its number. */
  public String device() {
    Device device = EngineInfo.device(options.device());
    return device.getDeviceType() + (device.isGpu() ? device.getDeviceId() : "");
  }

  /** The cards of all encoders. */
  public List<ModelCard> cards() {
    return EmbeddedModels.CARDS;
  }

  /** The names of all encoders. */
  public List<String> names() {
    return cards().stream().map(ModelCard::name).toList();
  }

  /**
   * The card of that name.
   *
   * @throws StitchException (usage) naming the nearest, if there is none
   */
  public ModelCard card(String name) {
    return cards().stream()
        .filter(card -> card.name().equals(name))
        .findFirst()
        .orElseThrow(
            () ->
                StitchException.usage(
                    "no encoder '%s'; %sknown: %s",
                    name, NearestName.hint(name, names()), String.join(", ", names())));
  }

  /** Whether the encoder's files are unpacked in the cache. */
  public boolean isCached(ModelCard card) {
    return artifacts.holds(card.weights()) && artifacts.holds(card.tokenizer());
  }

  /** Opens an encoder; the caller closes it. */
  public TextEncoder encoder(String name) {
    ModelCard card = card(name);
    var identity =
        new TextEncoder.Identity(card.name(), card.sha256(options.numbers()), card.prefix());
    return TextEncoder.open(
        identity,
        manager ->
            TextTransformer.load(
                card.config(),
                Readout.sentence(card.pooling()),
                options.numbers(),
                OnnxWeights.map(artifacts.file(card.weights())),
                manager),
        TextTokenizer.open(artifacts.file(card.tokenizer()), card.maxTokens()),
        EngineInfo.device(options.device()),
        options.batch());
  }

  /** Opens a data set by name or path with default options; see {@link Datasets#open}. */
  public Dataset<String> dataset(String spec) {
    return dataset(spec, DatasetOptions.defaults());
  }

  /** Opens a data set by name or path; see {@link Datasets#open}. */
  public Dataset<String> dataset(String spec, DatasetOptions how) {
    return Datasets.open(spec, how);
  }

  /** A data set as an encoder sees it, encoded at most once for the same files, settings, data. */
  public EncodedDataset encode(String encoderName, Dataset<String> dataset) {
    ModelCard card = card(encoderName);
    try (var opened = new LazyEncoder(card)) {
      return new EncodedDataset(
          encode(card, dataset, "train", dataset.train(), opened),
          encode(card, dataset, "test", dataset.test(), opened));
    }
  }

  private LatentSpace encode(
      ModelCard card,
      Dataset<String> dataset,
      String split,
      List<Sample<String>> samples,
      LazyEncoder encoder) {
    var store = new EncodingStore(options.cache().resolve("encodings"), options.warnings(), counts);
    return store.get(
        provenance(card, dataset, split),
        dataset.classes(),
        samples,
        encoder::get,
        options.progress());
  }

  /** Where the encoding of a split by an encoder comes from. */
  private Provenance provenance(ModelCard card, Dataset<String> dataset, String split) {
    return new Provenance(
        card.name(),
        card.sha256(options.numbers()),
        dataset.name(),
        dataset.sha256(),
        split,
        software());
  }

  private String software() {
    return "djl-stitch, " + options.numbers().id();
  }

  /** Encodes a split, {@code train} or {@code test}, into a latent-space file, in windows. */
  public void encodeTo(Path file, String encoderName, Dataset<String> dataset, String split) {
    var samples = "train".equals(split) ? dataset.train() : dataset.test();
    encodeTo(file, provenance(card(encoderName), dataset, split), dataset.classes(), samples);
  }

  /** Encodes unlabelled texts into a latent-space file, in windows. */
  public void encodeTo(Path file, String encoderName, TextLines texts) {
    ModelCard card = card(encoderName);
    var provenance =
        new Provenance(
            card.name(),
            card.sha256(options.numbers()),
            texts.name(),
            texts.sha256(),
            "all",
            software());
    encodeTo(file, provenance, List.of(), texts.samples());
  }

  private void encodeTo(
      Path file, Provenance provenance, List<String> classes, List<Sample<String>> samples) {
    try (Encoder<String> encoder = encoder(provenance.encoder())) {
      EncodingStore.encode(file, provenance, classes, samples, encoder, options.progress());
    }
  }

  /** Heads that are trained once and kept in the cache. */
  public HeadSource heads(HeadOptions how) {
    return new DecoderStore(options.cache().resolve("decoders"), how, options.warnings(), counts);
  }

  /**
   * The linear head of an encoder on the centred cosine space of 300 uniform anchors of a data set,
   * trained once and kept.
   *
   * @param name {@code ENCODER-head}
   */
  public Decoder head(String name, Dataset<String> dataset) {
    LatentSpace train = encode(name.replaceFirst("-head$", ""), dataset).train();
    Anchors anchors = AnchorSelector.UNIFORM.select(train, DEFAULT_ANCHORS, 0);
    HeadOptions how = HeadOptions.of(HeadOptions.Kind.LINEAR);
    var recipe =
        new HeadRecipe(
            DecoderSpec.Reads.RELATIVE, Similarity.cosine(), Centering.ANCHORS, how.describe(), 0);
    return recipe.make(train, anchors, heads(how));
  }

  /** How often encodings and heads were found in the cache. */
  public CacheCounts cacheCounts() {
    return counts;
  }

  /** Opened at the first use, so that kept encodings need no model. */
  private final class LazyEncoder implements AutoCloseable {
    private final ModelCard card;
    private @Nullable Encoder<String> encoder;

    LazyEncoder(ModelCard card) {
      this.card = card;
    }

    Encoder<String> get() {
      if (encoder == null) {
        encoder = ModelZoo.this.encoder(card.name());
      }
      return encoder;
    }

    @Override
    public void close() {
      if (encoder != null) {
        encoder.close();
      }
    }
  }
}
