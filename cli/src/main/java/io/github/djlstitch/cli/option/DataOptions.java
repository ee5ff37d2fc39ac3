// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.cli.option;

import io.github.djlstitch.cli.console.Console;
import io.github.djlstitch.cli.help.About;
import io.github.djlstitch.cli.help.Completed;
import io.github.djlstitch.cli.help.Topic;
import io.github.djlstitch.cli.help.Words;
import io.github.djlstitch.core.stitch.StitchDefaults;
import io.github.djlstitch.zoo.ModelZoo;
import io.github.djlstitch.zoo.data.DatasetOptions;
import io.github.djlstitch.zoo.data.SplitSize;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Options of the data set and its reading. */
@About(Topic.DATA)
@SuppressWarnings("NullAway.Init") // picocli sets the fields
public final class DataOptions {
  @Completed(path = true)
  @Option(
      completionCandidates = Words.Data.class,
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

  @Mixin FileOptions file;

  @Option(
      names = "--test-fraction",
      paramLabel = "F",
      defaultValue = "" + DatasetOptions.DEFAULT_TEST_FRACTION,
      description =
          "Share that becomes test, of a file without a split column"
              + " (default: ${DEFAULT-VALUE}).")
  double testFraction;

  public DatasetOptions reading() {
    DatasetOptions reading = file.over(DatasetOptions.defaults().withTestFraction(testFraction));
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
