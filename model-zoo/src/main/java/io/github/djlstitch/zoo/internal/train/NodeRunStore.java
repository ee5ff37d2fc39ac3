// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.zoo.internal.train;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import io.github.djlstitch.core.StitchException;
import io.github.djlstitch.core.internal.file.JsonCard;
import io.github.djlstitch.core.internal.file.Sha256;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * Results of node classifiers, a small file each, named by the digest of its recipe. A damaged one
 * is recomputed, with a warning.
 */
public final class NodeRunStore {
  private static final int PREFIX = 24;
  private static final String KIND = "node classifier results";

  private final Path folder;
  private final Consumer<String> warnings;

  private NodeRunStore(Path folder, Consumer<String> warnings) {
    this.folder = folder;
    this.warnings = warnings;
  }

  /** Returns the store under a cache folder, which is created when something is first stored. */
  public static NodeRunStore in(Path cache, Consumer<String> warnings) {
    return new NodeRunStore(cache.resolve("node-runs"), warnings);
  }

  /** Returns the results stored for a recipe, or computes and stores them. */
  NodeRun get(String recipe, Supplier<NodeRun> training) {
    String key = Sha256.builder().add(recipe).hex().substring(0, PREFIX);
    Path file = folder.resolve(key + ".json");
    if (Files.isRegularFile(file)) {
      try {
        return read(JsonCard.read(file), recipe);
      } catch (StitchException e) {
        warnings.accept("cached results are damaged, training again (" + e.getMessage() + ")");
      }
    }
    NodeRun run = training.get();
    JsonCard.write(file, describe(run, recipe));
    return run;
  }

  private static JsonObject describe(NodeRun run, String recipe) {
    var card = new JsonObject();
    card.addProperty("schema", "1");
    card.addProperty("kind", KIND);
    card.addProperty("recipe", recipe);
    card.addProperty("diverged", run.diverged());
    card.addProperty("seconds", run.seconds());
    var epochs = new JsonArray();
    for (NodeEpoch epoch : run.epochs()) {
      var entry = new JsonObject();
      entry.addProperty("validation", epoch.validation());
      entry.addProperty("even", epoch.even());
      entry.addProperty("odd", epoch.odd());
      epoch.test().ifPresent(v -> entry.addProperty("test", v));
      epoch.similarity().ifPresent(v -> entry.addProperty("similarity", v));
      epochs.add(entry);
    }
    card.add("epochs", epochs);
    return card;
  }

  private static NodeRun read(JsonCard card, String recipe) {
    card.require("schema", "1");
    card.require("kind", KIND);
    card.require("recipe", recipe);
    List<NodeEpoch> epochs = new ArrayList<>();
    for (JsonCard entry : card.cards("epochs")) {
      epochs.add(
          new NodeEpoch(
              entry.number("validation"),
              entry.number("even"),
              entry.number("odd"),
              optional(entry, "test"),
              optional(entry, "similarity")));
    }
    return new NodeRun(epochs, card.flag("diverged"), card.number("seconds"), true);
  }

  private static OptionalDouble optional(JsonCard entry, String field) {
    return entry.has(field) ? OptionalDouble.of(entry.number(field)) : OptionalDouble.empty();
  }
}
