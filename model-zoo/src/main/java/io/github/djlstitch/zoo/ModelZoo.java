// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.zoo;

import ai.djl.Device;
import ai.djl.modality.Classifications;
import ai.djl.modality.cv.Image;
import ai.djl.repository.zoo.ZooModel;
import io.github.djlstitch.core.StitchException;
import io.github.djlstitch.core.internal.engine.KernelCheck;
import io.github.djlstitch.core.internal.file.AtomicFile;
import io.github.djlstitch.core.internal.time.Stage;
import io.github.djlstitch.core.space.LatentSpace;
import io.github.djlstitch.core.stitch.EncodedDataset;
import io.github.djlstitch.core.stitch.Encoder;
import io.github.djlstitch.core.stitch.HeadRecipe.HeadSource;
import io.github.djlstitch.core.stitch.StitchDefaults;
import io.github.djlstitch.decoders.ClassifierHead;
import io.github.djlstitch.decoders.HeadOptions;
import io.github.djlstitch.decoders.Reading;
import io.github.djlstitch.encoders.image.ImageSource;
import io.github.djlstitch.encoders.options.EncoderOptions;
import io.github.djlstitch.zoo.data.DatasetOptions;
import io.github.djlstitch.zoo.data.LabelledData;
import io.github.djlstitch.zoo.internal.data.Datasets;
import io.github.djlstitch.zoo.internal.data.TextLines;
import io.github.djlstitch.zoo.internal.hub.Hub;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.function.UnaryOperator;

/**
 * Finds encoders, data sets and heads by name, opens them, and caches encodings and heads.
 * Everything is stored under one cache folder, which processes may share. Thread-safe.
 */
public final class ModelZoo {
  private final ZooOptions options;
  private final Hub hub;
  private final CacheCounts counts = new CacheCounts();
  private final Encodings encodings;
  private final EncoderEntries entries;
  private final Preparation preparation;
  private final Heads heads;
  private final Remarks remarks;
  private final Plugs plugs;

  private ModelZoo(ZooOptions options) {
    this.options = options;
    this.hub = Hub.open(options.hub().reportingTo(options.progress(), options.warnings()));
    this.entries = new EncoderEntries(options, hub);
    this.preparation = new Preparation(options, hub, entries);
    this.remarks = new Remarks(options.cache().resolve("skipped"), options.warnings());
    this.encodings = new Encodings(options, counts, remarks);
    this.heads = new Heads(options, counts);
    this.plugs = new Plugs(encodings, options.warnings());
  }

  /**
   * Opens a zoo; its cache folder is created when something is first stored.
   *
   * @throws StitchException (usage) if there is no device of that name, (unavailable) if it is a
   *     GPU that does not exist
   */
  public static ModelZoo open(ZooOptions options) {
    AtomicFile.deleteAbandoned(options.cache());
    KernelCheck.keepIn(options.cache().resolve("kernels"));
    var zoo = new ModelZoo(options);
    if (!"auto".equals(options.encoders().device())) {
      options.encoders().where();
    }
    return zoo;
  }

  /** The settings that it was opened with. */
  public ZooOptions options() {
    return options;
  }

  /** The device that encoders compute on: {@code cpu}, or {@code gpu} and its number. */
  public String device() {
    Device device = options.encoders().where();
    return device.getDeviceType() + (device.isGpu() ? device.getDeviceId() : "");
  }

  /** The cards of all encoders that have a name. */
  public List<ModelCard> cards() {
    return EncoderEntries.CARDS;
  }

  /** The names of all encoders that have one. */
  public List<String> names() {
    return encoderNames();
  }

  /** The names of all encoders that have one, in any zoo. */
  public static List<String> encoderNames() {
    return EncoderEntries.NAMES;
  }

  /** The names of the encoders whose files come with the build. */
  public List<String> bundled() {
    return EncoderEntries.CARDS.stream()
        .filter(card -> !(card instanceof PublishedCard))
        .map(ModelCard::name)
        .toList();
  }

  /** The names of the encoders that need no download. */
  public List<String> atHand() {
    return EncoderEntries.CARDS.stream().filter(this::isAtHand).map(ModelCard::name).toList();
  }

  /**
   * Returns true if the encoder needs no download: it comes with the build, or is in the Hub's
   * cache.
   */
  public boolean isAtHand(ModelCard card) {
    return !(card instanceof PublishedCard published) || HubModels.areKept(hub, published.repo());
  }

  /** The bytes of an encoder's files, if it needs no download. */
  public OptionalLong bytesAtHand(ModelCard card) {
    return isAtHand(card) ? OptionalLong.of(entries.bytes(card)) : OptionalLong.empty();
  }

  /** The card of that name; (usage) naming the nearest, if there is none. */
  public ModelCard card(String name) {
    return EncoderEntries.card(name);
  }

  /** Finds an encoder and reads its settings, without opening it. */
  EncoderEntry find(String name) {
    return entries.find(name);
  }

  /**
   * Checks that an encoder exists and downloads its files, before anything slow begins.
   *
   * @param name as for every method here: a name of the zoo, {@code hf:ORG/NAME[@REVISION]} or a
   *     folder
   * @throws StitchException (usage) if there is no such name; (unavailable) if its files cannot be
   *     downloaded; (bad input) if they are not those of an encoder
   */
  public void require(String name) {
    preparation.announce(List.of(name));
    find(name);
  }

  /**
   * Returns true if an encoder reads images; one that reads both is given the images of pairs. No
   * weights are downloaded for it.
   */
  public boolean readsImages(String name) {
    return entries.reads(name).readsImages();
  }

  /** Tells, before anything large is downloaded, what serves and what cannot go well. */
  public Preparation preparation() {
    return preparation;
  }

  /** The number of layers of a text network whose layers can be read; else empty. */
  public OptionalInt textLayers(String name) {
    return find(name).textLayers();
  }

  /** Returns a zoo over the same folders that opens encoders with other options. */
  public ModelZoo reading(UnaryOperator<EncoderOptions> how) {
    return open(options.withEncoders(how.apply(options.encoders())));
  }

  /** Returns properties of an encoder, read from its files, by name in display order. */
  public Map<String, String> describe(String name) {
    return find(name).describe();
  }

  /** Reads all files of an encoder; (verification) if one is damaged and cannot be recomputed. */
  public void verify(String name) {
    find(name).verify();
  }

  /** Opens an encoder of texts; the caller closes it. */
  public Encoder<String> encoder(String name) {
    return find(name).openForTexts();
  }

  /** Opens an encoder of images; the caller closes it. */
  public Encoder<ImageSource> imageEncoder(String name) {
    return find(name).openForImages();
  }

  /**
   * The token embeddings of whole words of an encoder, the words as ids, in the order of its
   * vocabulary.
   *
   * @throws StitchException (usage) if the encoder does not come with the build
   */
  public LatentSpace wordVectors(String name) {
    return find(name).wordVectors();
  }

  /** As {@link #dataset(String, DatasetOptions)}, with default options. */
  public LabelledData dataset(String spec) {
    return dataset(spec, DatasetOptions.defaults());
  }

  /**
   * Opens a data set, and reports what was left out of it or is odd, as warnings, each once. The
   * same files and options give the same data set.
   *
   * @param spec a name or a form of files, such as {@code wordnet}, {@code trec:DIR} or {@code
   *     csv:FILE}; {@code stitch zoo list} lists them
   * @throws StitchException (usage) if there is no such form, or the options do not fit it; (bad
   *     input) if a file is missing or a row is invalid; (unavailable) if a published file cannot
   *     be downloaded
   */
  public LabelledData dataset(String spec, DatasetOptions how) {
    LabelledData data = Stage.DATA.get(() -> Datasets.open(spec, how, () -> hub));
    remarks.tell(data);
    return data;
  }

  /** Tells a warning, a line. */
  void warn(String line) {
    options.warnings().accept(line);
  }

  /**
   * The data set, if it can be opened without a connection: local files, what comes with the build,
   * or a published one that the Hub's cache has.
   */
  public Optional<LabelledData> datasetAtHand(String spec, DatasetOptions how) {
    return Datasets.atHand(spec, how, () -> Hub.open(options.hub().withOffline(true)));
  }

  /** A data set as an encoder sees it, encoded at most once for the same files, settings, data. */
  public EncodedDataset encode(String encoderName, LabelledData data) {
    preparation.requireReads(List.of(encoderName), data);
    return encodings.of(find(encoderName), data);
  }

  /**
   * As {@link #encode(String, LabelledData)}, with anchors to choose from another data set.
   *
   * @param anchors what anchors are chosen from; empty for the data themselves
   */
  public EncodedDataset encode(
      String encoderName, LabelledData data, Optional<LabelledData> anchors) {
    EncodedDataset encoded = encode(encoderName, data);
    return anchors
        .map(other -> encode(encoderName, other).train())
        .map(other -> encoded.train().withAnchorsFrom(other))
        .map(train -> new EncodedDataset(train, encoded.test()))
        .orElse(encoded);
  }

  /**
   * The test samples of a data set as an encoder sees them, with a head's anchors in place of the
   * train samples, which are not touched.
   *
   * @param head one that stands alone
   */
  EncodedDataset encode(String encoderName, LabelledData data, ClassifierHead head) {
    return new HeadData(head, plugs, encodings).of(find(encoderName), data);
  }

  /**
   * Writes a split, {@code train} or {@code test}, as an encoder sees it into a latent-space file.
   * It is encoded at most once for the same files, settings and data, and goes on where it was
   * interrupted.
   */
  public void encodeTo(Path file, String encoderName, LabelledData data, String split) {
    preparation.requireReads(List.of(encoderName), data);
    encodings.write(file, find(encoderName), data, split);
  }

  /**
   * Writes unlabeled texts as an encoder sees them into a latent-space file, likewise.
   *
   * @param texts a UTF-8 file with a text on each line
   * @throws StitchException (bad input) if it is missing, empty, not UTF-8 or has a blank line
   */
  public void encodeTo(Path file, String encoderName, Path texts) {
    encode(encoderName, texts, DatasetOptions.defaults()).save(file);
  }

  /**
   * Unlabeled texts, a line each, as an encoder sees them, encoded at most once; lines that cannot
   * be read in the encoding of the options are left out if they say so.
   */
  public LatentSpace encode(String encoderName, Path texts, DatasetOptions how) {
    TextLines lines = TextLines.read(texts, how);
    preparation.requireTexts(encoderName, lines.name());
    require(encoderName);
    remarks.tellSkipped(lines.name(), lines.skipped());
    return encodings.of(find(encoderName), lines);
  }

  /**
   * Returns a source of heads that are trained once and cached; test samples are read one at a
   * time.
   */
  public HeadSource heads(HeadOptions how) {
    return heads(how, Reading.INDUCTIVE);
  }

  /**
   * Returns a source of heads that are trained once and cached; test samples are read one at a time
   * or together.
   */
  public HeadSource heads(HeadOptions how, Reading reading) {
    return heads.source(how, reading);
  }

  /**
   * The head that {@link StitchDefaults} describes: linear, on the centered cosine space of an
   * encoder over uniform anchors of a data set, trained once and cached. It stands alone.
   *
   * @param name {@code ENCODER-head}
   */
  public ClassifierHead head(String name, LabelledData data) {
    return heads.usual(encode(encoderOf(name), data).train(), data);
  }

  /**
   * Plugs a text encoder into a head that stands alone: a DJL model with one {@code close()}.
   *
   * @throws StitchException (bad input) if the head does not stand alone or lacks its anchors'
   *     texts
   */
  public ZooModel<String, Classifications> stitch(String encoder, ClassifierHead head) {
    return StitchedModel.texts(plugs.texts(find(encoder), head, Optional.empty()));
  }

  /** As {@link #stitch}, with an image encoder. */
  public ZooModel<Image, Classifications> stitchImages(String encoder, ClassifierHead head) {
    return StitchedModel.images(plugs.images(find(encoder), head, Optional.empty()));
  }

  Plugs plugs() {
    return plugs;
  }

  /** The same, on the data set that {@link Preparation#defaultDataset} names for the encoder. */
  public ClassifierHead head(String name) {
    return head(name, dataset(preparation.defaultDataset(List.of(encoderOf(name)))));
  }

  private static String encoderOf(String head) {
    return head.replaceFirst("-head$", "");
  }

  /** Returns the cache hits and misses of encodings and heads so far. */
  public CacheCounts cacheCounts() {
    return counts;
  }
}
