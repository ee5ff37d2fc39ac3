// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.zoo;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import io.github.djlstitch.core.StitchException;
import io.github.djlstitch.core.file.JsonCard;
import io.github.djlstitch.core.file.Sha256;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * Numbers that took long to measure, a small file each, named by the digest of all that decides
 * them. A damaged one is measured again, with a warning. Thread-safe.
 */
public final class ResultStore {
  private static final int PREFIX = 24;
  private static final String KIND = "measured numbers";

  private final Path folder;
  private final Consumer<String> warnings;

  ResultStore(Path folder, Consumer<String> warnings) {
    this.folder = folder;
    this.warnings = warnings;
  }

  /**
   * The numbers kept under a recipe, or measured now and kept.
   *
   * @param recipe all that decides them: what is measured, digests of the data, settings, seeds
   * @param measuring gives finite numbers
   */
  public List<Double> get(String recipe, Supplier<List<Double>> measuring) {
    Path file = folder.resolve(Sha256.builder().add(recipe).hex().substring(0, PREFIX) + ".json");
    if (Files.isRegularFile(file)) {
      try {
        return read(JsonCard.read(file), recipe);
      } catch (StitchException e) {
        warnings.accept("kept numbers are damaged, measuring again (" + e.getMessage() + ")");
      }
    }
    List<Double> measured = measuring.get();
    JsonCard.write(file, describe(measured, recipe));
    return measured;
  }

  private static List<Double> read(JsonCard card, String recipe) {
    card.require("schema", "1");
    card.require("kind", KIND);
    card.require("recipe", recipe);
    return card.reals("values");
  }

  private static JsonObject describe(List<Double> values, String recipe) {
    var card = new JsonObject();
    card.addProperty("schema", "1");
    card.addProperty("kind", KIND);
    card.addProperty("recipe", recipe);
    var array = new JsonArray();
    values.forEach(array::add);
    card.add("values", array);
    return card;
  }
}
