// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.core.space;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import io.github.djlstitch.core.StitchException;
import io.github.djlstitch.core.internal.file.ForeignFormat;
import io.github.djlstitch.core.internal.file.JsonCard;
import io.github.djlstitch.core.space.Anchors.Prototype;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;

/**
 * Anchors on disk: a {@code .json} file with everything, prototypes included, and the digest that
 * it is checked against; or any other text file with one sample id a line.
 */
final class AnchorsFile {
  private static final String KIND = "anchors";
  private static final String PROTOTYPES = "prototypes";
  private static final String SOURCE = "source";

  private AnchorsFile() {}

  /** Saves anchors as a {@code .json} file, all or nothing. */
  static void save(Anchors anchors, Path file) {
    if (!isJson(file)) {
      throw StitchException.badInput("anchors are saved to a .json file, not '%s'", file);
    }
    JsonObject card = new JsonObject();
    card.addProperty("schema", "1");
    card.addProperty("kind", KIND);
    write(anchors).entrySet().forEach(entry -> card.add(entry.getKey(), entry.getValue()));
    JsonCard.write(file, card);
  }

  /**
   * Loads anchors; those of a list of ids have the strategy {@code file} and the seed 0.
   *
   * @throws StitchException (verification) if the anchors are not those of the file's digest; (bad
   *     input) if the file cannot be read, is malformed, empty or lists an id twice
   */
  static Anchors load(Path file) {
    if (!isJson(file)) {
      return lines(file);
    }
    JsonCard card = JsonCard.read(file);
    card.require("schema", "1");
    card.require("kind", KIND);
    Anchors anchors = requireDistinct(file, read(card));
    if (!anchors.sha256().equals(card.text("sha256"))) {
      throw StitchException.verification(
          "anchors of '%s' have sha256 %.12s but the file says %.12s; save them again",
          file, anchors.sha256(), card.text("sha256"));
    }
    return anchors;
  }

  /** The fields of anchors, as they stand in a file of their own or in that of a head. */
  static JsonObject write(Anchors anchors) {
    JsonObject json = new JsonObject();
    json.addProperty("count", anchors.count());
    json.addProperty("strategy", anchors.strategy());
    json.addProperty("seed", anchors.seed());
    json.addProperty("sha256", anchors.sha256());
    if (!anchors.source().isEmpty()) {
      json.addProperty(SOURCE, anchors.source());
    }
    json.add("ids", texts(anchors.ids()));
    if (!anchors.prototypes().isEmpty()) {
      JsonArray prototypes = new JsonArray();
      anchors.prototypes().forEach(prototype -> prototypes.add(write(prototype)));
      json.add(PROTOTYPES, prototypes);
    }
    return json;
  }

  /** Reads the fields that {@link #write} wrote; the digest is left to the caller. */
  static Anchors read(JsonCard card) {
    List<Prototype> prototypes =
        card.has(PROTOTYPES)
            ? card.cards(PROTOTYPES).stream()
                .map(p -> new Prototype(p.texts("ids"), p.reals("weights")))
                .toList()
            : List.of();
    String source = card.has(SOURCE) ? card.text(SOURCE) : "";
    return new Anchors(
        card.texts("ids"), prototypes, source, card.text("strategy"), card.integer("seed"));
  }

  private static JsonObject write(Prototype prototype) {
    JsonObject json = new JsonObject();
    json.add("ids", texts(prototype.ids()));
    JsonArray weights = new JsonArray();
    prototype.weights().forEach(weights::add);
    json.add("weights", weights);
    return json;
  }

  private static JsonArray texts(List<String> texts) {
    JsonArray array = new JsonArray();
    texts.forEach(array::add);
    return array;
  }

  private static Anchors lines(Path file) {
    try (var in =
            new InputStreamReader(
                ForeignFormat.openText(file, "a list of sample ids"),
                StandardCharsets.UTF_8.newDecoder());
        var reader = new BufferedReader(in)) {
      List<String> ids = reader.lines().filter(id -> !id.isBlank()).toList();
      return requireDistinct(file, new Anchors(ids, "file", 0));
    } catch (IOException | UncheckedIOException e) {
      throw StitchException.badInput(
              "anchors '%s' are neither a number nor a file that can be read", file)
          .because(e);
    }
  }

  private static Anchors requireDistinct(Path file, Anchors anchors) {
    if (anchors.count() == 0) {
      throw StitchException.badInput("'%s' lists no anchors; one sample id a line", file);
    }
    if (anchors.ids().stream().distinct().count() < anchors.count()) {
      throw StitchException.badInput("'%s' lists an anchor twice; ids must be unique", file);
    }
    return anchors;
  }

  private static boolean isJson(Path file) {
    return file.toString().endsWith(".json");
  }
}
