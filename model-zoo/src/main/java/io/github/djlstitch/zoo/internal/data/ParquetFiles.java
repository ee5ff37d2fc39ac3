// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.zoo.internal.data;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import io.github.djlstitch.core.StitchException;
import io.github.djlstitch.encoders.EncodedImage;
import io.github.djlstitch.encoders.image.ImageSource;
import io.github.djlstitch.zoo.data.LabelledData;
import io.github.djlstitch.zoo.internal.text.Excerpt;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Texts, images or both with labels from Parquet files, as the Hugging Face {@code datasets}
 * library writes them: an image is the file's bytes, and class names stand in the note {@code
 * huggingface} of each file. Images stay on the heap as they are encoded, at most 1 GiB of them.
 */
final class ParquetFiles {
  private static final long MOST_BYTES = 1L << 30;
  private static final int MOST_ROWS =
      5_000_000; // of which a file may have any number by a few bytes
  private static final int LONGEST_NOTE = 4 << 20;

  private final Map<String, String> named;
  private final List<String> names;
  private final UnaryOperator<String> clean;
  private final List<Row<ImageText>> rows = new ArrayList<>();
  private boolean hasTexts;
  private boolean hasImages;
  private List<String> classes = List.of();
  private long sampleBytes;

  /**
   * A reader of one data set.
   *
   * @param named columns by key
   * @param names names of the class numbers for files that do not note them
   * @param clean applied to each text
   */
  ParquetFiles(Map<String, String> named, List<String> names, UnaryOperator<String> clean) {
    this.named = named;
    this.names = names;
    this.clean = clean;
  }

  /** The data set of {@code parquet:FILE|DIR}. */
  static LabelledData open(DatasetRequest request) {
    Path path = request.path();
    var files = new ParquetFiles(request.options().columns(), List.of(), UnaryOperator.identity());
    if (!Files.isDirectory(path)) {
      files.read(List.of(path), null, "row-");
      return files.data(request);
    }
    return files.open(request, parts(path));
  }

  /** Reads the files of train, test and validation parts, and splits a data set of one part. */
  LabelledData open(DatasetRequest request, Map<Part, List<Path>> parts) {
    Map<Part, Split> roles = Part.roles(parts.keySet());
    for (Part part : Part.ordered()) {
      Split split = roles.get(part);
      if (split != null || roles.isEmpty()) {
        String prefix = split == null ? "row-" : split.folder() + "-";
        read(parts.getOrDefault(part, List.of()), split, prefix);
      }
    }
    boolean leftOut = !roles.isEmpty() && roles.size() < parts.size();
    return leftOut
        ? data(request)
            .withNotes(List.of("left out the validation files, as train and test are there"))
        : data(request);
  }

  /** The files of a folder by part; files that say no part are all of one. */
  private static Map<Part, List<Path>> parts(Path folder) {
    Map<Part, List<Path>> parts = new EnumMap<>(Part.class);
    List<StoredFile> files =
        FolderFiles.list(folder).stream().filter(f -> f.path().endsWith(".parquet")).toList();
    if (files.isEmpty()) {
      throw StitchException.badInput("'%s' holds no file *.parquet", folder);
    }
    boolean split = files.stream().anyMatch(f -> part(f) != null);
    for (StoredFile file : files) {
      Part part = split ? part(file) : Part.TRAIN;
      if (part == null) {
        throw StitchException.badInput(
            "'%s' %s has neither train nor test in its name while others do",
            folder, Excerpt.of(file.path()));
      }
      parts.computeIfAbsent(part, p -> new ArrayList<>()).add(folder.resolve(file.path()));
    }
    return parts;
  }

  private static @Nullable Part part(StoredFile file) {
    String[] path = file.path().split("/", -1);
    Part own = Part.ofFile(path[path.length - 1]);
    return own != null || path.length == 1 ? own : Part.ofFolder(path[path.length - 2]);
  }

  // One file of several may be empty, but not a whole part.
  private void read(List<Path> files, @Nullable Split split, String prefix) {
    int before = rows.size();
    files.forEach(file -> read(file, split, prefix));
    if (!files.isEmpty() && rows.size() == before) {
      throw StitchException.badInput("'%s' holds no samples; expected at least one", files.get(0));
    }
  }

  private void read(Path file, @Nullable Split split, String prefix) {
    try (var table = ParquetTable.open(file)) {
      Map<String, String> found = table.columns();
      var columns = ParquetColumns.of(file, found, named);
      checkAlike(file, columns);
      List<String> fileClasses = classes(table, columns, found);
      int before = (int) rows.stream().filter(row -> row.split() == split).count();
      int first = rows.size();
      table.rows(
          columns.expressions(found),
          row -> {
            var at = Place.row(file, rows.size() - first + 1L);
            String id = columns.id().isEmpty() ? prefix + (before + at.row()) : row.getString(5);
            rows.add(row(at, id, row, columns, fileClasses, split));
          });
    }
  }

  private void checkAlike(Path file, ParquetColumns columns) {
    boolean first = rows.isEmpty();
    hasTexts = first ? columns.text().isPresent() : hasTexts;
    hasImages = first ? columns.image().isPresent() : hasImages;
    if (hasTexts != columns.text().isPresent() || hasImages != columns.image().isPresent()) {
      throw StitchException.badInput(
          "'%s' does not have the same columns of texts and images as the files before it", file);
    }
  }

  private Row<ImageText> row(
      Place at,
      @Nullable String id,
      ResultSet row,
      ParquetColumns columns,
      List<String> fileClasses,
      @Nullable Split split)
      throws SQLException {
    var text = columns.text().isEmpty() ? "" : clean.apply(present(at, "text", row.getString(1)));
    byte[] bytes = columns.image().isEmpty() ? new byte[0] : present(at, "image", row.getBytes(2));
    sampleBytes += bytes.length + text.length();
    if (sampleBytes > MOST_BYTES) {
      throw StitchException.badInput(
          "%s: the samples have more than %d bytes in all; unpack them and use imagefolder:DIR or"
              + " csv:FILE",
          at, MOST_BYTES);
    }
    if (rows.size() == MOST_ROWS) {
      throw StitchException.badInput(
          "%s: the files have more than %d rows; take a part of them", at, MOST_ROWS);
    }
    String label = label(at, present(at, "label", row.getString(3)), columns, fileClasses);
    Split own =
        columns.split().isEmpty() || split != null
            ? split
            : Split.parse(present(at, "split", row.getString(4)), at);
    ImageSource image = EncodedImage.of(at.file() + " row " + at.row(), bytes);
    return new Row<>(at, present(at, "id", id), new ImageText(image, text), label, own);
  }

  private static String label(
      Place at, String value, ParquetColumns columns, List<String> fileClasses) {
    if (fileClasses.isEmpty()) {
      return value;
    }
    boolean known = value.matches("[0-9]{1,6}") && Integer.parseInt(value) < fileClasses.size();
    if (!known) {
      throw StitchException.badInput(
          "%s: '%s' is %s but there are %d classes, numbered from 0%s",
          at,
          columns.label(),
          Excerpt.of(value),
          fileClasses.size(),
          value.equals("-1") ? "; -1 means that this part is not labeled" : "");
    }
    return fileClasses.get(Integer.parseInt(value));
  }

  private static <T> T present(Place at, String what, @Nullable T value) {
    if (value == null) {
      throw StitchException.badInput(
          "%s: the %s is null%s",
          at, what, what.equals("image") ? "; only images inside the file can be read" : "");
    }
    return value;
  }

  /** Names of the numbers of a label column; empty if its values are the names themselves. */
  private List<String> classes(
      ParquetTable table, ParquetColumns columns, Map<String, String> found) {
    if (!columns.hasNumbers(found)) {
      return List.of();
    }
    List<String> noted =
        table.note("huggingface").flatMap(n -> names(n, columns.label())).orElse(names);
    if (noted.isEmpty()) {
      classes = rows.isEmpty() ? table.numbers(columns.label()) : classes;
      return List.of();
    }
    if (!rows.isEmpty() && !classes.equals(noted)) {
      throw StitchException.badInput(
          "%s: other class names than in the file before it", rows.get(rows.size() - 1).at());
    }
    classes = noted;
    return noted;
  }

  /** The class names that the {@code datasets} library noted for a column. */
  private static Optional<List<String>> names(String note, String column) {
    if (note.length() > LONGEST_NOTE) {
      return Optional.empty();
    }
    try {
      JsonElement at = JsonParser.parseString(note);
      for (String key : List.of("info", "features", column, "names")) {
        at = at instanceof JsonObject object ? object.get(key) : null;
      }
      if (at instanceof JsonArray array) {
        return Optional.of(
            Stream.iterate(0, i -> i < array.size(), i -> i + 1)
                .map(i -> array.get(i).getAsString())
                .toList());
      }
      return Optional.empty();
    } catch (JsonParseException | UnsupportedOperationException | IllegalStateException e) {
      return Optional.empty(); // the labels keep their numbers, which is what the column holds
    }
  }

  private LabelledData data(DatasetRequest request) {
    if (hasTexts && hasImages) {
      return request.pairs(filled(row -> row));
    }
    return hasImages
        ? request.images(filled(row -> withInput(row, row.input().image())))
        : request.texts(filled(row -> withInput(row, row.input().text())));
  }

  private <I> LabelledRows<I> filled(Function<Row<ImageText>, Row<I>> change) {
    var filled = new LabelledRows<I>(classes);
    rows.forEach(row -> filled.add(change.apply(row)));
    return filled;
  }

  private static <I> Row<I> withInput(Row<ImageText> row, I input) {
    return new Row<>(row.at(), row.id(), input, row.label(), row.split());
  }
}
