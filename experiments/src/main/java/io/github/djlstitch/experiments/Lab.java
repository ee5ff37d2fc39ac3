// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.experiments;

import io.github.djlstitch.core.Progress;
import io.github.djlstitch.core.StitchException;
import io.github.djlstitch.core.space.LatentSpace;
import io.github.djlstitch.core.stitch.EncodedDataset;
import io.github.djlstitch.zoo.ModelZoo;
import io.github.djlstitch.zoo.data.DatasetOptions;
import io.github.djlstitch.zoo.data.LabelledData;
import io.github.djlstitch.zoo.data.SplitSize;
import io.github.djlstitch.zoo.internal.data.Datasets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import java.util.stream.LongStream;

/**
 * The environment of an experiment: the user's settings, available data and encoders, and progress.
 * Records everything used, for the report. For one thread.
 */
public final class Lab {
  // A comma within a file's name is none between data sets, unless a name of one follows.
  private static final Pattern NEXT_DATASET = Pattern.compile(",(?=[a-z][a-z0-9-]+(:|,|$))");

  private final ModelZoo zoo;
  private final Settings settings;
  private final Progress progress;
  private final Consumer<String> narration;
  private final AvailableData available;
  private final Map<String, String> inputs = new LinkedHashMap<>();
  private final List<String> notes = new ArrayList<>();
  private final Set<String> asked = new HashSet<>();

  /**
   * A lab.
   *
   * @param progress receives the progress of long work
   * @param narration receives lines about the current step
   */
  public Lab(ModelZoo zoo, Settings settings, Progress progress, Consumer<String> narration) {
    this.zoo = zoo;
    this.settings = settings;
    this.progress = progress;
    this.narration = narration;
    this.available = new AvailableData(zoo, settings.folder());
  }

  /** Encoders, encodings, heads and trained models. */
  public ModelZoo zoo() {
    return zoo;
  }

  /** The user's data set. */
  public Optional<String> dataset() {
    asked.add("--dataset");
    return settings.dataset();
  }

  /** The user's data sets, of which several are apart by commas; may be none. */
  public List<String> datasets() {
    return dataset().map(list -> List.of(NEXT_DATASET.split(list))).orElse(List.of());
  }

  /** The user's files of parallel texts, one for each language; may be none. */
  public List<String> anchorsFrom() {
    asked.add("--anchors-from");
    return settings.anchorsFrom();
  }

  /** The user's encoders; may be none. */
  public List<String> givenEncoders() {
    asked.add("--encoder");
    return settings.encoders();
  }

  /** The user's files of word vectors; may be none. */
  public List<Path> vectors() {
    asked.add("--vectors");
    return settings.vectors();
  }

  /** The first of the {@link #seeds}; decides whatever is drawn once. */
  public long firstSeed() {
    asked.add("--seed");
    return settings.seed();
  }

  /** Options that the user gave and the experiment never asked for. */
  public List<String> unusedOptions() {
    return settings.given().stream().filter(option -> !asked.contains(option)).toList();
  }

  /** The receiver of progress. */
  public Progress progress() {
    return progress;
  }

  /** Narrates one line. */
  public void say(String line) {
    narration.accept(line);
  }

  /** Returns true if the user asked for the paper's whole protocol. */
  public boolean full() {
    asked.add("--full");
    return settings.full();
  }

  /** The seeds: as many as the user wants, else so many by default, or as the paper has. */
  public long[] seeds(int byDefault, int inPaper) {
    asked.add("--seeds");
    int count = settings.seeds().orElse(full() ? inPaper : byDefault);
    return LongStream.range(firstSeed(), firstSeed() + count).toArray();
  }

  /**
   * Seeds, at least two, for comparisons of trainings; see {@link #seeds}.
   *
   * @throws StitchException (usage) if there are fewer than two
   */
  public long[] severalSeeds(int byDefault, int inPaper) {
    long[] seeds = seeds(byDefault, inPaper);
    if (seeds.length < 2) {
      throw StitchException.usage(
          "--seeds %d: this compares seeds with each other; give --seeds 2 or more", seeds.length);
    }
    return seeds;
  }

  /** The number of anchors: the user's, else this. */
  public int anchors(int byDefault) {
    asked.add("--anchors");
    return settings.anchors().orElse(byDefault);
  }

  /** The neighbors K of retrieval measures: the user's, else these. */
  public List<Integer> neighbors(Integer... byDefault) {
    asked.add("--k");
    return settings.neighbors().isEmpty() ? List.of(byDefault) : settings.neighbors();
  }

  /**
   * The data set to use: the user's, else the first of these that is available: in the data folder,
   * in the cache, or in the build. A note is made if it is not the first.
   *
   * @param names the paper's data set, then substitutes; as {@code --dataset} takes them
   * @throws StitchException (unavailable) saying what to fetch, if none is at hand
   */
  public LabelledData data(DatasetOptions how, String... names) {
    if (dataset().isPresent()) {
      return used(dataset().get(), zoo.dataset(dataset().get(), how));
    }
    for (String name : names) {
      Optional<LabelledData> found = available.find(name, how);
      if (found.isPresent()) {
        noteSubstitute(names[0], name);
        return used(name, found.get());
      }
    }
    throw StitchException.unavailable(
        "none of the data sets %s is available; put one into a folder and give --data FOLDER, or"
            + " --dataset NAME to download it, or a form that 'stitch --help' lists",
        String.join(", ", names));
  }

  /** The data set to use, as {@link #data(DatasetOptions, String...)} with default options. */
  public LabelledData data(String... names) {
    return data(DatasetOptions.defaults(), names);
  }

  /**
   * The folder of a data set that has a reader of its own, such as a graph: the user's, else the
   * first of these under the data folder.
   *
   * @throws StitchException (unavailable) saying what to fetch, if none is there
   */
  public Path folder(String... names) {
    if (dataset().isPresent()) {
      return Path.of(dataset().get());
    }
    for (String name : names) {
      Optional<Path> folder = available.folder(name);
      if (folder.isPresent()) {
        noteSubstitute(names[0], name);
        return folder.get();
      }
    }
    throw StitchException.unavailable(
        "no folder %s; give --data FOLDER that has it, or --dataset its path",
        String.join(" or ", names));
  }

  /** The user's encoders, else these, which must come with the build. */
  public List<String> encoders(String... bundled) {
    return givenEncoders().isEmpty() ? List.of(bundled) : givenEncoders();
  }

  /**
   * Encoders, at least two, for comparisons of encoders; see {@link #encoders}.
   *
   * @throws StitchException (usage) if there are fewer than two
   */
  public List<String> severalEncoders(String... bundled) {
    List<String> found = encoders(bundled);
    if (found.size() < 2) {
      throw StitchException.usage(
          "--encoder %s: this compares encoders with each other; name two or more, such as"
              + " minilm,bge-small",
          found.get(0));
    }
    return found;
  }

  /**
   * The user's image encoders, else the published ones that are available.
   *
   * @throws StitchException (unavailable) if there are fewer than two
   */
  public List<String> imageEncoders() {
    List<String> found = givenEncoders().isEmpty() ? publishedImageEncoders() : givenEncoders();
    if (found.size() < 2) {
      throw StitchException.unavailable(
          "this needs at least 2 image encoders; fetch them with 'stitch zoo pull vit-base rexnet',"
              + " or give --encoder FOLDER,FOLDER of checkpoints");
    }
    return found;
  }

  /** At most 8,000 training and 2,000 test samples; see {@link #part(int, int)}. */
  public DatasetOptions part() {
    return part(8000, 2000);
  }

  /**
   * Limits a default run to a part of a data set, with a note; the paper's whole protocol takes all
   * of it.
   */
  public DatasetOptions part(int train, int test) {
    if (full()) {
      return DatasetOptions.defaults();
    }
    note(
        "at most %d training and %d test samples of a data set; --full takes all"
            .formatted(train, test));
    return DatasetOptions.defaults().withSplitSize(new SplitSize(train, test));
  }

  /** A folder or data set is called by the last part of its path, all else as it is. */
  static String shortName(String name) {
    String[] parts = name.split("[/\\\\]", -1);
    return parts[parts.length - 1];
  }

  /** Encodes a data set, at most once. */
  public EncodedDataset encode(String encoder, LabelledData data) {
    EncodedDataset encoded = zoo.encode(encoder, data);
    inputs.put("encoder " + encoder, encoded.train().provenance().encoderSha256());
    return encoded;
  }

  /** Encodes a file with a text on each line, at most once. */
  public LatentSpace encode(String encoder, Path lines) {
    LatentSpace encoded = zoo.encode(encoder, lines, DatasetOptions.defaults());
    inputs.put("data " + lines, encoded.provenance().datasetSha256());
    return encoded;
  }

  /** Opens one of the user's data sets. */
  public LabelledData given(String spec, DatasetOptions how) {
    return used(spec, zoo.dataset(spec, how));
  }

  /** A file under the data folder, such as {@code amazon/en.csv}, if it is there. */
  public Optional<Path> file(String name) {
    return available.file(name);
  }

  /** Records an input and its digest, for the report. */
  public void uses(String what, String sha256) {
    inputs.put(what, sha256);
  }

  /** Records, once, a difference from the paper, for the report. */
  public void note(String line) {
    if (!notes.contains(line)) {
      notes.add(line);
      say("note: " + line);
    }
  }

  /** Names and digests of the inputs, in the order of use. */
  public Map<String, String> inputs() {
    return new LinkedHashMap<>(inputs);
  }

  /** Differences from the paper, in the order of their discovery. */
  public List<String> notes() {
    return List.copyOf(notes);
  }

  /** A data set, if it is available; the user's data set does not replace it. */
  public Optional<LabelledData> availableData(DatasetOptions how, String name) {
    return available.find(name, how).map(data -> used(name, data));
  }

  /** The user's encoders of texts, else these, which must come with the build. */
  public List<String> textEncoders(String... bundled) {
    List<String> found = named(false);
    return found.isEmpty() ? List.of(bundled) : found;
  }

  /**
   * The user's encoders of images, else the published ones that are available. Unlike {@link
   * #imageEncoders} it may give none.
   */
  public List<String> imageEncodersIfAny() {
    List<String> found = named(true);
    return found.isEmpty() ? publishedImageEncoders() : found;
  }

  // Encoders of both kinds may be named at once; a kind of which none is named keeps its defaults.
  private List<String> named(boolean images) {
    return givenEncoders().stream().filter(e -> zoo.readsImages(e) == images).toList();
  }

  private List<String> publishedImageEncoders() {
    return zoo.atHand().stream()
        .filter(List.of("vit-base", "vit-small", "vit-hybrid", "rexnet", "deit-small")::contains)
        .toList();
  }

  private LabelledData used(String name, LabelledData data) {
    inputs.put("data " + name, data.dataset().sha256());
    return data;
  }

  private void noteSubstitute(String wanted, String found) {
    if (!wanted.equals(found)) {
      String how = Datasets.needsPath(wanted) ? wanted + ":DIR reads" : wanted + " fetches";
      note(
          "the paper's data set '%s' is not available (--dataset %s it); this ran on '%s'"
              .formatted(wanted, how, found));
    }
  }
}
