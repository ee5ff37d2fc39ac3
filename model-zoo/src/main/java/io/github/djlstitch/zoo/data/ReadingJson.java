// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.zoo.data;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import io.github.djlstitch.core.StitchException;
import io.github.djlstitch.core.internal.file.JsonCard;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The options of a data set as JSON: every one by name, in a fixed order. */
final class ReadingJson {
  private static final String SPLIT_SIZE = "split_size";
  private static final String COLUMNS = "columns";
  private static final String TEST_FRACTION = "test_fraction";
  private static final String SEED = "seed";
  private static final String SEPARATOR = "separator";
  private static final String ENCODING = "encoding";
  private static final String SKIP_BAD = "skip_bad";

  private ReadingJson() {}

  static JsonObject write(DatasetOptions options) {
    var json = new JsonObject();
    options.splitSize().ifPresent(size -> json.add(SPLIT_SIZE, write(size)));
    var columns = new JsonObject();
    new TreeMap<>(options.columns()).forEach(columns::addProperty);
    json.add(COLUMNS, columns);
    json.addProperty(TEST_FRACTION, options.testFraction());
    json.addProperty(SEED, options.seed());
    options.separator().ifPresent(between -> json.addProperty(SEPARATOR, between.toString()));
    json.addProperty(ENCODING, options.encoding().name());
    json.addProperty(SKIP_BAD, options.skipBad());
    return json;
  }

  private static JsonArray write(SplitSize size) {
    var sizes = new JsonArray();
    sizes.add(size.train());
    sizes.add(size.test());
    return sizes;
  }

  static DatasetOptions read(JsonCard card) {
    card.requireOnly(SPLIT_SIZE, COLUMNS, TEST_FRACTION, SEED, SEPARATOR, ENCODING, SKIP_BAD);
    try {
      return options(card);
    } catch (StitchException e) {
      throw e.kind() == StitchException.Kind.BAD_INPUT
          ? e
          : StitchException.badInput("%s", e.getMessage()).because(e);
    }
  }

  private static DatasetOptions options(JsonCard card) {
    DatasetOptions options =
        DatasetOptions.defaults()
            .withColumns(card.has(COLUMNS) ? card.textsByName(COLUMNS) : Map.of());
    if (card.has(SPLIT_SIZE)) {
      options = options.withSplitSize(splitSize(card));
    }
    if (card.has(TEST_FRACTION)) {
      options = options.withTestFraction(card.number(TEST_FRACTION));
    }
    if (card.has(SEED)) {
      options = options.withSeed(card.integer(SEED));
    }
    if (card.has(SEPARATOR)) {
      options = options.withSeparator(DatasetOptions.separator(card.text(SEPARATOR)));
    }
    if (card.has(ENCODING)) {
      options = options.withEncoding(DatasetOptions.encoding(card.text(ENCODING)));
    }
    return card.has(SKIP_BAD) && card.flag(SKIP_BAD) ? options.withSkipBad() : options;
  }

  private static SplitSize splitSize(JsonCard card) {
    List<Integer> sizes = card.sizes(SPLIT_SIZE);
    if (sizes.size() != 2) {
      throw card.refusal(SPLIT_SIZE, "two numbers, train and test");
    }
    return new SplitSize(sizes.get(0), sizes.get(1));
  }
}
