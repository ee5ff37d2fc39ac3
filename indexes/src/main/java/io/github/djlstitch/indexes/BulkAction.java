// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.indexes;

import com.google.gson.stream.JsonReader;
import com.google.gson.stream.JsonToken;
import io.github.djlstitch.core.StitchException;
import io.github.djlstitch.core.internal.file.Printable;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The line before a document in a bulk request of Elasticsearch or OpenSearch.
 *
 * @param id the document's id, if the request gives one
 * @param line the line as it is
 */
record BulkAction(Optional<String> id, String line) {
  private static final Set<String> ACTIONS = Set.of("index", "create", "update", "delete");
  private static final Set<String> WHOLE = Set.of("index", "create");

  /** Tells if the line is one. */
  static boolean is(Lines lines) {
    List<String> names = JsonRow.names(lines);
    return names.size() == 1 && ACTIONS.contains(names.get(0));
  }

  /**
   * Reads the line.
   *
   * @throws StitchException (bad input) if it is no action that carries a whole document
   */
  static BulkAction read(Lines lines) {
    String line = lines.text(lines.from(), lines.to());
    try (JsonReader in = JsonRow.strict(line)) {
      in.beginObject();
      String action = in.nextName();
      if (!WHOLE.contains(action)) {
        throw StitchException.badInput(
            "%s: '%s' carries no whole document; only index and create do",
            lines.where(), Printable.of(action));
      }
      Optional<String> id = id(in);
      in.endObject();
      if (in.peek() != JsonToken.END_DOCUMENT) {
        throw new IOException("something follows");
      }
      return new BulkAction(id, line);
    } catch (IOException | IllegalStateException e) {
      throw JsonRow.malformed(lines, e);
    }
  }

  private static Optional<String> id(JsonReader in) throws IOException {
    Optional<String> id = Optional.empty();
    in.beginObject();
    while (in.hasNext()) {
      if (in.nextName().equals("_id")) {
        id = Optional.of(in.nextString());
      } else {
        in.skipValue();
      }
    }
    in.endObject();
    return id;
  }
}
