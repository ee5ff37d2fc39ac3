// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.core.space;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import io.github.djlstitch.core.FloatMatrix;
import io.github.djlstitch.core.StitchException;
import io.github.djlstitch.core.internal.file.JsonCard;
import io.github.djlstitch.core.internal.file.RowWriter;
import io.github.djlstitch.core.internal.file.Safetensors;
import io.github.djlstitch.core.internal.file.SafetensorsWriter;
import io.github.djlstitch.core.internal.file.Sha256;
import io.github.djlstitch.core.internal.file.Tensor;
import io.github.djlstitch.core.internal.time.Stage;
import io.github.djlstitch.core.space.LatentSpace.Rows;
import io.github.djlstitch.core.space.LatentSpace.VectorSource;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * A latent space on disk: {@code NAME.safetensors} with {@code vectors} (N, D) float32, {@code
 * labels} (N) int32 and {@code ids} as UTF-8 lines, and {@code NAME.json}, its card, which names
 * the encoder, the data set and the digest of the first file. The card is written last, so a space
 * without a fitting card is not there.
 */
final class LatentSpaceFile {
  private static final String VECTORS = "vectors";
  private static final String LABELS = "labels";
  private static final String IDS = "ids";
  private static final String KIND = "latent-space";
  private static final int WINDOW = 2048;

  private LatentSpaceFile() {}

  /** The card of a latent-space file. */
  static Path card(Path file) {
    String name = file.getFileName().toString();
    String stem = name.endsWith(".safetensors") ? name.substring(0, name.lastIndexOf('.')) : name;
    return file.resolveSibling(stem + ".json");
  }

  /** Saves a latent space, all or nothing. */
  static void save(LatentSpace space, Path file) {
    write(
        file,
        space.ids(),
        space.labels(),
        space.classes(),
        space.provenance(),
        space.vectors().columns(),
        rows -> space.vectors().rowRange(rows.from(), rows.to()));
  }

  /**
   * Writes a latent space a window of rows at a time, so that its vectors are never in memory
   * together; nothing is there before all of it is.
   *
   * @param width D
   * @param source asked for the windows in order
   */
  static void write(
      Path file,
      List<String> ids,
      int[] labels,
      List<String> classes,
      Provenance provenance,
      int width,
      VectorSource source) {
    if (ids.isEmpty()) {
      throw StitchException.badInput("latent-space file '%s' needs at least 1 sample", file);
    }
    try (RowWriter writer = SafetensorsWriter.rows(file, VECTORS, width)) {
      for (int from = 0; from < ids.size(); from += WINDOW) {
        var rows = new Rows(from, Math.min(from + WINDOW, ids.size()));
        FloatMatrix vectors = source.vectors(rows);
        requireWhole(vectors, rows, ids, provenance);
        Stage.WRITING.run(() -> writer.append(vectors));
      }
      byte[] lines = String.join("\n", ids).getBytes(StandardCharsets.UTF_8);
      writer.commit(
          Map.of("format", KIND),
          List.of(
              Tensor.bytes(IDS, new int[] {lines.length}, lines),
              Tensor.ints(LABELS, new int[] {labels.length}, labels)));
    }
    JsonCard.write(card(file), describe(file, ids.size(), width, classes, provenance));
  }

  private static void requireWhole(
      FloatMatrix vectors, Rows rows, List<String> ids, Provenance provenance) {
    if (vectors.rows() != rows.to() - rows.from()) {
      throw StitchException.badInput(
          "encoder '%s' gave %d vectors for %d samples of '%s'",
          provenance.encoder(), vectors.rows(), rows.to() - rows.from(), provenance.dataset());
    }
    vectors
        .firstNonFiniteRow()
        .ifPresent(
            row -> {
              throw StitchException.badInput(
                  "encoder '%s' gave a value that is not finite for sample '%s' of '%s'",
                  provenance.encoder(), ids.get(rows.from() + row), provenance.dataset());
            });
  }

  private static JsonObject describe(
      Path file, int rows, int width, List<String> classes, Provenance provenance) {
    JsonObject card = new JsonObject();
    card.addProperty("schema", "1");
    card.addProperty("kind", KIND);
    card.addProperty("rows", rows);
    card.addProperty("width", width);
    card.add("provenance", provenance.toJson());
    JsonArray names = new JsonArray();
    classes.forEach(names::add);
    card.add("classes", names);
    card.addProperty("sha256", Sha256.ofInput(file));
    return card;
  }

  /**
   * Opens a latent space; its vectors stay in the file.
   *
   * @throws StitchException (verification) if the file is not the one its card describes; (bad
   *     input) if either is missing or malformed
   */
  static LatentSpace open(Path file) {
    if (!Files.isRegularFile(file)) {
      throw StitchException.badInput(
          "no latent-space file '%s'; make one with 'stitch encode --out'", file);
    }
    if (!Files.exists(card(file))) {
      throw StitchException.badInput(
          "'%s' is no latent-space file: there is no card '%s'; make both with 'stitch encode"
              + " --out'",
          file, card(file));
    }
    JsonCard card = JsonCard.read(card(file));
    card.require("schema", "1");
    card.require("kind", KIND);
    String found = Sha256.ofInput(file);
    if (!found.equals(card.text("sha256"))) {
      throw StitchException.verification(
          "'%s' has sha256 %.12s but its card says %.12s; encode the data again",
          file, found, card.text("sha256"));
    }
    Safetensors tensors = Safetensors.open(file);
    byte[] lines = tensors.raw(IDS);
    List<String> ids = List.of(new String(lines, StandardCharsets.UTF_8).split("\n", -1));
    return LatentSpace.of(
        ids,
        tensors.ints(LABELS),
        card.texts("classes"),
        tensors.matrix(VECTORS),
        Provenance.read(card.card("provenance")));
  }
}
