// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.core.internal.train;

import ai.djl.ndarray.NDArray;
import ai.djl.nn.Block;
import io.github.djlstitch.core.StitchException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/** A trained network's parameters and running statistics in a file. */
public final class NetworkFile {
  private static final String KIND = "djl-stitch network 1";

  private NetworkFile() {}

  /**
   * Saves a network, whole or not at all.
   *
   * @param recipe all that decides the weights, in words; must be the same to load it
   */
  public static void save(Block network, String recipe, Path file) {
    ArrayFile.save(file, about(recipe), arrays(network));
  }

  /**
   * Fills an initialized network with saved values.
   *
   * @throws StitchException (verification) if they are of another recipe or network, or damaged;
   *     (bad input) if the file cannot be read
   */
  public static void load(Block network, String recipe, Path file) {
    ArrayFile.load(file, about(recipe), arrays(network));
  }

  private static Map<String, String> about(String recipe) {
    return Map.of("kind", KIND, "recipe", recipe);
  }

  /** All parameters by name, in the network's order. */
  static Map<String, NDArray> arrays(Block network) {
    Map<String, NDArray> arrays = new LinkedHashMap<>();
    network
        .getParameters()
        .forEach(entry -> arrays.put(entry.getKey(), entry.getValue().getArray()));
    return arrays;
  }
}
