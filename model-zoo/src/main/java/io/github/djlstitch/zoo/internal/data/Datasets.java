// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.zoo.internal.data;

import io.github.djlstitch.core.StitchException;
import io.github.djlstitch.core.internal.name.NearestName;
import io.github.djlstitch.zoo.data.DatasetOptions;
import io.github.djlstitch.zoo.data.LabelledData;
import io.github.djlstitch.zoo.internal.data.DatasetCard.Modality;
import io.github.djlstitch.zoo.internal.hub.Hub;
import io.github.djlstitch.zoo.internal.hub.RepoId;
import io.github.djlstitch.zoo.internal.text.Excerpt;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/**
 * Text and image data sets by name or by path, in the formats of {@link DataFormats}: by name alone
 * from the class path or from the Hugging Face Hub (see {@link DatasetCard}), the same and more
 * from local files.
 *
 * <p>Text files are read as a stream: at most 2 GiB a file and 8 MiB a line or field. An image file
 * has at most 64 MiB and is decoded when it is encoded.
 */
public final class Datasets {
  private static final List<String> NAMES = DataFormats.ALL.stream().map(DataFormat::name).toList();
  private static final String FORMS =
      DataFormats.ALL.stream()
          .flatMap(format -> format.shapes().stream())
          .collect(Collectors.joining(", "));

  private Datasets() {}

  /** The names that come before the first colon, in the order in which help shows them. */
  public static List<String> names() {
    return NAMES;
  }

  /** The forms that {@link #open} takes, in one line. */
  public static String forms() {
    return FORMS;
  }

  /** The forms by the place that their files come from, for the help of an option. */
  public static String help() {
    return "%s (come with the build); %s (downloaded once), or NAME:DIR of those; %s"
        .formatted(
            shapes(format -> !format.needsPath() && !isPublished(format)),
            shapes(Datasets::isPublished),
            shapes(format -> format.needsPath() && !isPublished(format)));
  }

  private static boolean isPublished(DataFormat format) {
    return format.card().flatMap(DatasetCard::hub).isPresent();
  }

  private static String shapes(Predicate<DataFormat> wanted) {
    return DataFormats.ALL.stream()
        .filter(wanted)
        .map(format -> format.shapes().get(0))
        .collect(Collectors.joining(", "));
  }

  /** The files that each form reads, in a few words, by form in display order. */
  public static Map<String, String> files() {
    Map<String, String> files = new LinkedHashMap<>();
    DataFormats.ALL.forEach(format -> files.put(format.ofFiles(), format.files()));
    return files;
  }

  /** All published data sets, in the order in which they are listed. */
  public static List<DatasetCard> cards() {
    return DataFormats.ALL.stream().flatMap(format -> format.card().stream()).toList();
  }

  /** The formats that take names of columns, as words. */
  static String withColumns() {
    return names(format -> !format.columns().isEmpty());
  }

  /** The formats that take an option of reading, as words. */
  static String taking(String setting) {
    return names(format -> format.settings().contains(setting));
  }

  private static String names(Predicate<DataFormat> wanted) {
    List<String> names = DataFormats.ALL.stream().filter(wanted).map(DataFormat::name).toList();
    int last = names.size() - 1;
    return last == 0
        ? names.get(0)
        : String.join(", ", names.subList(0, last)) + " and " + names.get(last);
  }

  /**
   * The name that a file has as a data set, if its ending says that it is not a text on each line:
   * {@code csv:FILE}.
   */
  public static Optional<String> named(String file) {
    return DataFormats.ALL.stream().flatMap(format -> format.named(file).stream()).findFirst();
  }

  /**
   * Refuses (usage) a file that is no text on each line, as its ending or its kind says, and tells
   * how to give it.
   */
  public static void requireLines(Path file) {
    Optional<String> named = named(file.toString());
    if (named.isPresent()) {
      throw StitchException.usage(
          "'%s' does not hold a text on each line; give --dataset %s, or copy its texts into a .txt"
              + " file",
          file, named.get());
    }
    if (Files.isDirectory(file)) {
      throw StitchException.usage(
          "'%s' is a folder; for images in a folder for each class give --dataset imagefolder:%s",
          file, file);
    }
    if (ImageFolder.isImage(file.toString())) {
      throw StitchException.usage(
          "'%s' is an image; put it into a folder for each class, and give --dataset"
              + " imagefolder:DIR",
          file);
    }
    if (file.toString().endsWith(".json")) {
      throw StitchException.usage(
          "'%s' is one JSON value; write an object on each line, and give --dataset jsonl:FILE",
          file);
    }
  }

  /** As {@link #open(String, DatasetOptions, Supplier)}, from local files only. */
  public static LabelledData open(String spec, DatasetOptions options) {
    return open(spec, options, unconnected(spec));
  }

  private static Supplier<Hub> unconnected(String spec) {
    return () -> {
      throw StitchException.unavailable(
          "data set %s is published on the Hub, which is not connected; name local files",
          Excerpt.of(spec));
    };
  }

  /**
   * Reads, checks and splits a data set. The same files and options give the same data set.
   *
   * @param spec one of the {@link #forms}; becomes the name of the data set
   * @param hub asked only for a published data set that is named without a path
   * @throws StitchException (usage) if the form, the language or the options do not fit; (bad
   *     input) if a file is missing or a row is invalid; (unavailable) if WordNet is not on the
   *     class path or a published file cannot be downloaded
   */
  public static LabelledData open(String spec, DatasetOptions options, Supplier<Hub> hub) {
    var request = new DatasetRequest(spec, rest(spec), options, hub);
    DataFormat format = format(spec);
    format.check(request);
    return format.reader().apply(request);
  }

  /**
   * Checks a data set's name and options without opening a file or a connection.
   *
   * @throws StitchException (usage) if there is no such form, or the options do not fit it
   */
  public static void check(String spec, DatasetOptions options) {
    format(spec).check(new DatasetRequest(spec, rest(spec), options, unconnected(spec)));
  }

  /**
   * The kind of a data set's samples; empty if only its files tell.
   *
   * @throws StitchException (usage) if there is no such form
   */
  public static Optional<Modality> holds(String spec) {
    return format(spec).holds();
  }

  /** The published files that opening a data set fetches from the Hub; empty for all others. */
  public static Optional<Published> published(String spec) {
    return format(spec).card().flatMap(card -> HubDatasets.published(card, rest(spec)));
  }

  /**
   * Files that are downloaded once.
   *
   * @param train number of its train samples
   */
  public record Published(RepoId repo, List<String> files, int train) {
    /** Copies the list. */
    public Published {
      files = List.copyOf(files);
    }
  }

  private static DataFormat format(String spec) {
    int colon = spec.indexOf(':');
    String name = colon < 0 ? spec : spec.substring(0, colon);
    return DataFormats.ALL.stream()
        .filter(f -> f.name().equals(name))
        .findFirst()
        .orElseThrow(() -> unknown(spec, name));
  }

  private static String rest(String spec) {
    return spec.substring(spec.indexOf(':') < 0 ? spec.length() : spec.indexOf(':') + 1);
  }

  /**
   * Returns true if a data set of that name is known but needs a path, as it cannot be downloaded.
   */
  public static boolean needsPath(String name) {
    return DataFormats.ALL.stream().anyMatch(f -> f.name().equals(name) && f.needsPath());
  }

  /**
   * The data set, if it can be opened without a connection.
   *
   * @param offline a client that opens no connection
   */
  public static Optional<LabelledData> atHand(
      String spec, DatasetOptions options, Supplier<Hub> offline) {
    if (needsPath(spec)) {
      return Optional.empty();
    }
    try {
      return Optional.of(open(spec, options, offline));
    } catch (StitchException e) {
      if (e.kind() == StitchException.Kind.UNAVAILABLE) {
        return Optional.empty();
      }
      throw e;
    }
  }

  private static StitchException unknown(String spec, String name) {
    return StitchException.usage(
        "data set %s is unknown%s; known: %s", Excerpt.of(spec), hint(spec, name), FORMS);
  }

  private static String hint(String spec, String name) {
    return Excerpt.didYouMean(named(spec).or(() -> NearestName.of(name, NAMES)));
  }
}
