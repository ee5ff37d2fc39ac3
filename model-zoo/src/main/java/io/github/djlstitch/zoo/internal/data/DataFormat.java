// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.zoo.internal.data;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.github.djlstitch.core.StitchException;
import io.github.djlstitch.zoo.data.DatasetOptions;
import io.github.djlstitch.zoo.data.LabelledData;
import io.github.djlstitch.zoo.internal.data.DatasetCard.Modality;
import io.github.djlstitch.zoo.internal.text.Excerpt;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;

/**
 * One way to name a data set. Its entry in {@link DataFormats} is all that help, hints and messages
 * say about it. Immutable.
 *
 * @param name name before the first colon
 * @param shapes all that can be written, for example {@code trec} and {@code trec:DIR}
 * @param files the files that it reads, in a few words
 * @param extension ending of files that only this reads, without a dot; empty if there is none
 * @param settings options of reading that it takes besides sizes and columns, as users name them
 * @param columns keys of {@code --columns} that it takes
 * @param holds kind of its samples; empty if only its files tell
 * @param card the published data set that it is, if it is one
 * @param reader reads and splits it
 */
record DataFormat(
    String name,
    List<String> shapes,
    String files,
    Optional<String> extension,
    Set<String> settings,
    Set<String> columns,
    Optional<Modality> holds,
    Optional<DatasetCard> card,
    Function<DatasetRequest, LabelledData> reader) {

  static final String SEPARATOR = "--separator";
  static final String ENCODING = "--encoding";
  static final String SKIP_BAD = "--skip-bad";

  private static final Pattern FILES = Pattern.compile(":(DIR|FILE)");

  DataFormat {
    shapes = List.copyOf(shapes);
    settings = Set.copyOf(settings);
    columns = Set.copyOf(columns);
  }

  /** Tells that there is no such data set without a path. */
  boolean needsPath() {
    return !shapes.contains(name);
  }

  /** The shape that names files; its name if there is none. */
  String ofFiles() {
    return shapes.stream().filter(shape -> FILES.matcher(shape).find()).findFirst().orElse(name);
  }

  /** The name that a file of this kind has as a data set, if its ending says the kind. */
  Optional<String> named(String file) {
    String lower = file.toLowerCase(Locale.ROOT);
    return extension
        .filter(
            end ->
                lower.endsWith("." + end)
                    || (settings.contains(ENCODING) && lower.endsWith("." + end + ".gz")))
        .map(end -> name + ":" + file);
  }

  /** Refuses an invalid request before any file is opened. */
  void check(DatasetRequest request) {
    boolean bare = request.spec().equals(name);
    boolean mayHaveRest = shapes.size() > 1 || needsPath();
    if (bare ? needsPath() : !mayHaveRest || request.rest().isEmpty()) {
      throw StitchException.usage(
          "data set %s does not have one of the forms %s",
          Excerpt.of(request.spec()), String.join(", ", shapes));
    }
    for (String key : request.options().columns().keySet()) {
      if (!columns.contains(key)) {
        throw refusedColumn(key, request.spec());
      }
    }
    DatasetOptions options = request.options();
    checkTakes(SEPARATOR, options.separator().isPresent(), request.spec());
    checkTakes(ENCODING, !options.encoding().equals(UTF_8), request.spec());
    checkTakes(SKIP_BAD, options.skipBad(), request.spec());
  }

  private void checkTakes(String setting, boolean given, String spec) {
    if (given && !settings.contains(setting)) {
      throw StitchException.usage(
          "data set %s does not take %s, only %s; drop it",
          Excerpt.of(spec), setting, Datasets.taking(setting));
    }
  }

  private StitchException refusedColumn(String key, String spec) {
    if (columns.isEmpty()) {
      return StitchException.usage(
          "columns can be named for %s only, not for data set %s; drop them",
          Datasets.withColumns(), Excerpt.of(spec));
    }
    return StitchException.usage(
        "data set %s has no column key '%s'; its keys: %s",
        Excerpt.of(spec), key, String.join(", ", columns.stream().sorted().toList()));
  }
}
