// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.zoo.internal.data;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.google.gson.Strictness;
import com.google.gson.stream.JsonReader;
import com.google.gson.stream.JsonToken;
import com.google.gson.stream.MalformedJsonException;
import io.github.djlstitch.core.StitchException;
import io.github.djlstitch.core.internal.name.NearestName;
import io.github.djlstitch.encoders.EncodedImage;
import io.github.djlstitch.zoo.data.LabelledData;
import io.github.djlstitch.zoo.internal.text.Excerpt;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * N24News: news articles with an image, a text and one of 24 sections. {@code nytimes_train.json}
 * and {@code nytimes_test.json}, in the folder or below {@code news}, or one {@code
 * nytimes_dataset_full.json} or {@code nytimes_dataset.json} without a split; images are {@code
 * imgs/ID.jpg} or {@code images/ID.jpg}. A file is one array of objects with {@code section},
 * {@code image_id} and texts: {@code headline}, {@code caption}, {@code abstract} (read unless
 * {@code --columns text=...} names another one) and, in the full version, {@code body}.
 *
 * <p>Z. Wang, X. Shan, X. Zhang, J. Yang, 2022, N24News: A New Dataset for Multimodal News
 * Classification, LREC, arXiv:2108.13327.
 */
final class N24NewsFiles {
  private static final Pattern IMAGE_ID = Pattern.compile("[A-Za-z0-9_-][A-Za-z0-9._-]{0,199}");
  private static final long MOST_BYTES = 1L << 30;

  private final String text;
  private final String label;
  private final String id;
  private final Path images;
  private final LabelledRows<ImageText> rows = new LabelledRows<>();
  private int withoutText;

  private N24NewsFiles(Map<String, String> columns, Path images) {
    this.text = columns.getOrDefault("text", "abstract");
    this.label = columns.getOrDefault("label", "section");
    this.id = columns.getOrDefault("id", "image_id");
    this.images = images;
  }

  /** The data set of {@code n24news:DIR}. */
  static LabelledData open(DatasetRequest request) {
    Path folder = request.path();
    Path inner = Files.isDirectory(folder.resolve("news")) ? folder.resolve("news") : folder;
    Path images = folder.resolve(Files.isDirectory(folder.resolve("imgs")) ? "imgs" : "images");
    if (!Files.isDirectory(images)) {
      throw StitchException.badInput("'%s' has no folder imgs or images with the images", folder);
    }
    var files = new N24NewsFiles(request.options().columns(), images);
    files.readSplits(inner);
    return request.pairs(files.rows).withNotes(files.notes(inner));
  }

  private List<String> notes(Path folder) {
    List<String> notes = new ArrayList<>();
    if (withoutText > 0) {
      notes.add("'" + folder + "': left out " + withoutText + " articles with an empty " + text);
    }
    if (Files.exists(folder.resolve("nytimes_dev.json"))) {
      notes.add("'" + folder + "': left out nytimes_dev.json, as train and test are there");
    }
    return notes;
  }

  private void readSplits(Path folder) {
    Path train = folder.resolve("nytimes_train.json");
    if (Files.exists(train)) {
      read(train, Split.TRAIN);
      read(folder.resolve("nytimes_test.json"), Split.TEST);
      return;
    }
    Path whole =
        BinaryFile.find(folder, List.of("nytimes_dataset_full.json", "nytimes_dataset.json"))
            .orElseThrow(
                () ->
                    StitchException.badInput(
                        "'%s' has neither nytimes_train.json nor nytimes_dataset_full.json; "
                            + "name the folder that holds news and imgs",
                        folder));
    read(whole, null);
  }

  private void read(Path file, @Nullable Split split) {
    long row = 0;
    int before = rows.size();
    try (var json = new JsonReader(reader(file))) {
      json.setStrictness(Strictness.STRICT);
      expect(file, row, json, JsonToken.BEGIN_ARRAY);
      json.beginArray();
      while (json.hasNext()) {
        expect(file, ++row, json, JsonToken.BEGIN_OBJECT);
        add(Place.row(file, row), json, split);
      }
      json.endArray();
      expect(file, row, json, JsonToken.END_DOCUMENT);
    } catch (MalformedJsonException | EOFException | CharacterCodingException e) {
      throw StitchException.badInput(
              "%s or the one after it is not strict JSON in UTF-8; download the file again",
              Place.row(file, row))
          .because(e);
    } catch (IOException e) {
      throw InputLines.unreadable(file, e);
    }
    rows.requireMoreThan(before, file);
  }

  private static Reader reader(Path file) throws IOException {
    if (!Files.isRegularFile(file)) {
      throw StitchException.badInput("file '%s' does not exist; check the path", file);
    }
    if (Files.size(file) > MOST_BYTES) {
      throw StitchException.badInput("'%s' has more than %d bytes", file, MOST_BYTES);
    }
    var decoder =
        UTF_8
            .newDecoder()
            .onMalformedInput(CodingErrorAction.REPORT)
            .onUnmappableCharacter(CodingErrorAction.REPORT);
    return new InputStreamReader(BinaryFile.open(file), decoder);
  }

  private static void expect(Path file, long row, JsonReader json, JsonToken token)
      throws IOException {
    if (json.peek() != token) {
      throw StitchException.badInput(
          "%s: expected %s, as the file is one array of objects, but found %s",
          Place.row(file, row), token, json.peek());
    }
  }

  private void add(Place at, JsonReader json, @Nullable Split split) throws IOException {
    Map<String, String> values = object(at, json);
    String imageId = value(at, values, "image_id");
    if (!IMAGE_ID.matcher(imageId).matches()) {
      throw StitchException.badInput(
          "%s: image_id %s is not a plain file name", at, Excerpt.of(imageId));
    }
    Path image = images.resolve(imageId + ".jpg");
    if (!Files.isRegularFile(image)) {
      throw StitchException.badInput(
          "%s: its image '%s' does not exist; unpack all images", at, image);
    }
    String words = value(at, values, text);
    if (words.isBlank()) {
      withoutText++;
      return;
    }
    var pair = new ImageText(EncodedImage.of(image), words);
    rows.add(new Row<>(at, value(at, values, id), pair, value(at, values, label), split));
  }

  /** The texts of an object; other values are skipped. */
  private static Map<String, String> object(Place at, JsonReader json) throws IOException {
    Map<String, String> values = new TreeMap<>();
    json.beginObject();
    while (json.hasNext()) {
      String key = json.nextName();
      if (json.peek() != JsonToken.STRING) {
        json.skipValue();
      } else if (values.put(key, json.nextString()) != null) {
        throw StitchException.badInput("%s: key %s appears twice", at, Excerpt.of(key));
      }
    }
    json.endObject();
    return values;
  }

  private static String value(Place at, Map<String, String> values, String key) {
    String value = values.get(key);
    if (value == null) {
      throw StitchException.badInput(
          "%s: expected a text '%s' but found %s%s; name it with --columns text=...",
          at,
          key,
          Excerpt.ofNames(values.keySet()),
          Excerpt.didYouMean(NearestName.of(key, values.keySet())));
    }
    return value;
  }
}
