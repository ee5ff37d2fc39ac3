// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.cli.option;

import io.github.djlstitch.cli.console.Console;
import io.github.djlstitch.cli.help.About;
import io.github.djlstitch.cli.help.Topic;
import io.github.djlstitch.core.stitch.StitchDefaults;
import io.github.djlstitch.zoo.ModelZoo;
import io.github.djlstitch.zoo.data.DatasetOptions;
import io.github.djlstitch.zoo.data.SplitSize;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Options of the data set and its reading. */
@About(Topic.DATA)
@SuppressWarnings("NullAway.Init") // picocli sets the fields
public final class DataOptions {
  @Option(
      names = "--dataset",
      paramLabel = "DATA",
      description =
          "Data set: ${bundle:"
              + Texts.DATA
              + "} (default: what the encoders read: "
              + StitchDefaults.TEXTS
              + " for texts, "
              + StitchDefaults.DIGITS
              + " for encoders trained on it, "
              + StitchDefaults.IMAGES
              + " for other images).")
  @Nullable String dataset;

  @Option(
      names = "--split-size",
      paramLabel = "TRAIN,TEST",
      description = "Keep at most so many samples, the same share of each class.")
  @Nullable String splitSize;

  @Option(
      names = "--columns",
      paramLabel = "KEY=COLUMN",
      split = ",",
      description = "What columns of a file are called, where not ${bundle:" + Texts.COLUMNS + "}.")
  @Nullable Map<String, String> columns;

  @Option(
      names = "--separator",
      paramLabel = "CHAR",
      description = "What is between the columns of csv:FILE, such as ';' or tab (default: ,).")
  @Nullable String separator;

  @Option(
      names = "--encoding",
      paramLabel = "NAME",
      defaultValue = DatasetOptions.DEFAULT_ENCODING,
      description = {
        "Character set of a csv, tsv, jsonl or text file, such as UTF-16 or",
        "windows-1252 (default: ${DEFAULT-VALUE})."
      })
  String encoding;

  @Option(
      names = "--skip-bad",
      description = "Leave out rows of such a file that cannot be read, and list them.")
  boolean skipBad;

  @Option(
      names = "--test-fraction",
      paramLabel = "F",
      defaultValue = "" + DatasetOptions.DEFAULT_TEST_FRACTION,
      description =
          "Share that becomes test, of a file without a split column"
              + " (default: ${DEFAULT-VALUE}).")
  double testFraction;

  public DatasetOptions reading() {
    DatasetOptions reading =
        DatasetOptions.defaults()
            .withTestFraction(testFraction)
            .withEncoding(DatasetOptions.encoding(encoding));
    if (columns != null) {
      reading = reading.withColumns(columns);
    }
    if (separator != null) {
      reading = reading.withSeparator(DatasetOptions.separator(separator));
    }
    if (skipBad) {
      reading = reading.withSkipBad();
    }
    return splitSize == null ? reading : reading.withSplitSize(SplitSize.parse(splitSize));
  }

  /** The name of the data set as given. */
  public Optional<String> given() {
    return Optional.ofNullable(dataset);
  }

  /** The data set as given; else the one that these encoders read, which is told. */
  public String of(ModelZoo zoo, List<String> encoders, Console console) {
    if (dataset != null) {
      return dataset;
    }
    String usual = zoo.preparation().defaultDataset(encoders);
    if (!usual.equals(StitchDefaults.TEXTS)) {
      console.say("data set: " + usual + ", as these read images; --dataset names another");
    }
    return usual;
  }
}
