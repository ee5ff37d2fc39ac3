// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.zoo.internal.train;

import ai.djl.nn.Block;
import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import io.github.djlstitch.core.StitchException;
import io.github.djlstitch.core.internal.file.JsonCard;
import io.github.djlstitch.core.internal.file.Sha256;
import io.github.djlstitch.core.internal.train.Checkpoint;
import io.github.djlstitch.core.internal.train.EpochScore;
import io.github.djlstitch.core.internal.train.FitResult;
import io.github.djlstitch.core.internal.train.NetworkFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * Networks that are trained once and then read: a folder for each, named by the digest of its
 * recipe, with {@code network.safetensors}, {@code card.json} and, while it is trained, {@code
 * checkpoint.safetensors}. A damaged one is trained again, with a warning. The card is written
 * last.
 */
public final class TrainedStore {
  private static final int PREFIX = 24;
  private static final int LONGEST = 40;
  private static final String KIND = "trained network";

  private final Path folder;
  private final Consumer<String> warnings;

  private TrainedStore(Path folder, Consumer<String> warnings) {
    this.folder = folder;
    this.warnings = warnings;
  }

  /** Returns the store under a cache folder, which is created when something is first stored. */
  public static TrainedStore in(Path cache, Consumer<String> warnings) {
    return new TrainedStore(cache.resolve("trained"), warnings);
  }

  /**
   * Fills a network with its stored weights, or trains it.
   *
   * @param name part of the folder's name, for people
   * @param recipe describes everything that determines the weights: architecture, options, seeds,
   *     digests of the data
   * @param network initialized; has the trained weights afterwards
   * @param training trains the network in place, with its state in the checkpoint
   */
  public TrainedRun get(
      String name, String recipe, Block network, Function<Checkpoint, FitResult> training) {
    Path place = place(name, recipe);
    Path weights = place.resolve("network.safetensors");
    Path card = place.resolve("card.json");
    if (Files.isRegularFile(card)) {
      try {
        TrainedRun run = read(JsonCard.read(card));
        NetworkFile.load(network, recipe, weights); // last: it fills the network wholly or not
        return run;
      } catch (StitchException e) {
        warnings.accept("cached network is damaged, training again (" + e.getMessage() + ")");
      }
    }
    var checkpoint = new Checkpoint(place.resolve("checkpoint.safetensors"), warnings);
    FitResult result = training.apply(checkpoint);
    NetworkFile.save(network, recipe, weights);
    JsonCard.write(card, describe(name, recipe, result));
    delete(checkpoint.file());
    return new TrainedRun(result.history(), result.bestEpoch(), result.seconds(), false);
  }

  private Path place(String name, String recipe) {
    String plain = name.replaceAll("[^A-Za-z0-9]+", "-").replaceFirst("^-", "");
    String key = Sha256.builder().add(recipe).hex().substring(0, PREFIX);
    return folder.resolve(plain.substring(0, Math.min(LONGEST, plain.length())) + "-" + key);
  }

  private static JsonObject describe(String name, String recipe, FitResult result) {
    var card = new JsonObject();
    card.addProperty("schema", "1");
    card.addProperty("kind", KIND);
    card.addProperty("name", name);
    card.addProperty("recipe", recipe);
    card.addProperty("best_epoch", result.bestEpoch());
    card.addProperty("seconds", result.seconds());
    var history = new JsonArray();
    for (EpochScore epoch : result.history()) {
      var entry = new JsonObject();
      entry.addProperty("loss", epoch.loss());
      epoch.score().ifPresent(score -> entry.addProperty("score", score));
      history.add(entry);
    }
    card.add("history", history);
    return card;
  }

  private static TrainedRun read(JsonCard card) {
    card.require("schema", "1");
    card.require("kind", KIND);
    List<EpochScore> history = new ArrayList<>();
    for (JsonCard entry : card.cards("history")) {
      var score =
          entry.has("score") ? OptionalDouble.of(entry.number("score")) : OptionalDouble.empty();
      history.add(new EpochScore(history.size(), entry.number("loss"), score));
    }
    int best = Math.toIntExact(card.integer("best_epoch"));
    return new TrainedRun(history, best, card.number("seconds"), true);
  }

  private void delete(Path file) {
    try {
      Files.deleteIfExists(file);
    } catch (IOException e) {
      warnings.accept(
          "'" + file + "' is no longer needed but cannot be deleted: " + e.getMessage());
    }
  }
}
