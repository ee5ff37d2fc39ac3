// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.indexes.migrate;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import io.github.djlstitch.core.StitchException;
import io.github.djlstitch.core.internal.file.JsonCard;
import io.github.djlstitch.core.migrate.SpaceId;
import io.github.djlstitch.indexes.VectorSink.Part;
import io.github.djlstitch.indexes.VectorSink.Piece;
import java.nio.file.Path;
import java.util.List;

/**
 * The account of a migrated index: it lies beside the index as {@code NAME.migration.json} and is
 * written last, so an index without one is not whole. The same file in the folder of a migration
 * that is under way says how far it came.
 *
 * @param from the space of the old index
 * @param to the space of the new one
 * @param planSha256 digest of the bridge that was applied
 * @param source the old index, as it was named
 * @param sourceState digest of its files' state
 * @param format of the new index
 * @param width of its vectors
 * @param software that wrote it
 * @param parts finished parts, in order
 */
public record MigrationManifest(
    SpaceId from,
    SpaceId to,
    String planSha256,
    String source,
    String sourceState,
    String format,
    int width,
    String software,
    List<SourcePart> parts) {
  private static final String KIND = "migration";

  /** Takes a copy. */
  public MigrationManifest {
    parts = List.copyOf(parts);
  }

  /**
   * A finished part.
   *
   * @param part as it was written
   * @param checksum of the rows that were read for it
   */
  public record SourcePart(Part part, String checksum) {}

  /** The number of rows in all parts. */
  public long rows() {
    return parts.stream().mapToLong(part -> part.part().rows()).sum();
  }

  /** The manifest of an index. */
  public static Path beside(Path index) {
    return index.resolveSibling(index.getFileName() + ".migration.json");
  }

  MigrationManifest with(List<SourcePart> finished) {
    return new MigrationManifest(
        from, to, planSha256, source, sourceState, format, width, software, finished);
  }

  /** Tells if both are of the same migration, however far they came. */
  boolean continues(MigrationManifest other) {
    return with(List.of()).equals(other.with(List.of()));
  }

  void write(Path file) {
    JsonCard.write(file, json());
  }

  JsonObject json() {
    JsonObject json = new JsonObject();
    json.addProperty("schema", "1");
    json.addProperty("kind", KIND);
    json.add("from", SpaceJson.of(from));
    json.add("to", SpaceJson.of(to));
    json.addProperty("plan_sha256", planSha256);
    json.addProperty("source", source);
    json.addProperty("source_state", sourceState);
    json.addProperty("format", format);
    json.addProperty("width", width);
    json.addProperty("software", software);
    json.addProperty("rows", rows());
    JsonArray list = new JsonArray();
    parts.forEach(part -> list.add(part(part)));
    json.add("parts", list);
    return json;
  }

  private static JsonObject part(SourcePart part) {
    JsonObject json = new JsonObject();
    json.addProperty("rows", part.part().rows());
    json.addProperty("source_crc32c", part.checksum());
    JsonArray pieces = new JsonArray();
    for (Piece piece : part.part().pieces()) {
      JsonObject bytes = new JsonObject();
      bytes.addProperty("file", piece.file());
      bytes.addProperty("offset", piece.offset());
      bytes.addProperty("length", piece.length());
      bytes.addProperty("sha256", piece.sha256());
      pieces.add(bytes);
    }
    json.add("pieces", pieces);
    return json;
  }

  /**
   * Reads a manifest.
   *
   * @throws StitchException (bad input) if it is missing or malformed
   */
  public static MigrationManifest read(Path file) {
    JsonCard card = JsonCard.read(file);
    card.require("schema", "1");
    card.require("kind", KIND);
    return new MigrationManifest(
        SpaceJson.read(card.card("from")),
        SpaceJson.read(card.card("to")),
        card.text("plan_sha256"),
        card.text("source"),
        card.text("source_state"),
        card.text("format"),
        card.size("width"),
        card.text("software"),
        card.cards("parts").stream().map(MigrationManifest::part).toList());
  }

  private static SourcePart part(JsonCard card) {
    List<Piece> pieces =
        card.cards("pieces").stream()
            .map(
                piece ->
                    new Piece(
                        piece.text("file"),
                        piece.integer("offset"),
                        piece.integer("length"),
                        piece.text("sha256")))
            .toList();
    return new SourcePart(new Part(card.integer("rows"), pieces), card.text("source_crc32c"));
  }
}
