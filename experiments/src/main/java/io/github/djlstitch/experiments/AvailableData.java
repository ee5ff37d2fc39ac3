// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.experiments;

import io.github.djlstitch.zoo.ModelZoo;
import io.github.djlstitch.zoo.data.DatasetOptions;
import io.github.djlstitch.zoo.data.LabelledData;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Data sets that need no download: in the data folder, each in a folder of its own name, in the
 * cache, or in the build.
 *
 * @param parent of the data sets' folders
 */
record AvailableData(ModelZoo zoo, Optional<Path> parent) {
  /** A data set by the name that {@code --dataset} takes. */
  Optional<LabelledData> find(String name, DatasetOptions how) {
    Optional<Path> folder = folder(name);
    if (folder.isPresent()) {
      return Optional.of(zoo.dataset(spec(name, folder.get()), how));
    }
    return zoo.datasetAtHand(name, how);
  }

  /** The folder of a data set; sib200:eng_Latn lies in sib200, as all of its languages do. */
  Optional<Path> folder(String name) {
    return parent
        .map(all -> all.resolve(name.replaceFirst(":.*", "")))
        .filter(folder -> Files.isDirectory(folder.resolve(language(name))));
  }

  /** A file, such as {@code amazon/en.csv}. */
  Optional<Path> file(String name) {
    return parent.map(all -> all.resolve(name)).filter(Files::isRegularFile);
  }

  private static String language(String name) {
    return name.startsWith("sib200:") ? name.substring(name.indexOf(':') + 1) : "";
  }

  private static String spec(String name, Path folder) {
    boolean asImages = name.equals("cifar10") && Files.exists(folder.resolve("train.zip"));
    int colon = name.indexOf(':');
    return asImages
        ? "imagefolder:" + folder
        : (colon < 0 ? name : name.substring(0, colon))
            + ":"
            + folder
            + (colon < 0 ? "" : name.substring(colon));
  }
}
