// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.experiments;

import io.github.djlstitch.core.StitchException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * The user's settings of an experiment; empty ones are left to the experiment.
 *
 * @param folder parent of the data sets, each in a folder of its own name
 * @param dataset a data set to use instead; several apart by commas where an experiment takes them
 * @param anchorsFrom parallel files to draw anchors from, one for each of several data sets
 * @param encoders encoders to use instead
 * @param anchors number of anchors
 * @param neighbors of retrieval measures, the K of the tables
 * @param seed the first seed
 * @param seeds number of seeds
 * @param full true for the paper's whole protocol, however long it takes
 * @param vectors text files of word vectors
 */
public record Settings(
    Optional<Path> folder,
    Optional<String> dataset,
    List<String> anchorsFrom,
    List<String> encoders,
    OptionalInt anchors,
    List<Integer> neighbors,
    long seed,
    OptionalInt seeds,
    boolean full,
    List<Path> vectors) {

  /** Takes copies and checks ranges. */
  public Settings {
    anchorsFrom = List.copyOf(anchorsFrom);
    encoders = List.copyOf(encoders);
    neighbors = List.copyOf(neighbors);
    vectors = List.copyOf(vectors);
    requirePositive("--anchors", anchors.orElse(1));
    requirePositive("--seeds", seeds.orElse(1));
    neighbors.forEach(k -> requirePositive("--k", k));
  }

  /** Names of the options that differ from their defaults; the data folder does not count. */
  List<String> given() {
    Map<String, Boolean> options = new LinkedHashMap<>();
    options.put("--dataset", dataset.isPresent());
    options.put("--anchors-from", !anchorsFrom.isEmpty());
    options.put("--encoder", !encoders.isEmpty());
    options.put("--anchors", anchors.isPresent());
    options.put("--k", !neighbors.isEmpty());
    options.put("--vectors", !vectors.isEmpty());
    options.put("--seed", seed != 0);
    options.put("--seeds", seeds.isPresent());
    options.put("--full", full);
    return options.keySet().stream().filter(options::get).toList();
  }

  private static void requirePositive(String option, int value) {
    if (value < 1) {
      throw StitchException.usage("%s %d; expected at least 1", option, value);
    }
  }
}
