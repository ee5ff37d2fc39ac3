// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.indexes;

import io.github.djlstitch.core.StitchException;
import io.github.djlstitch.core.internal.file.Printable;
import io.github.djlstitch.indexes.StreamSource.RowStream;
import io.github.djlstitch.indexes.StreamSource.Shape;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * A JSON object on each line: the id is in {@code id} or {@code _id}, a text or a number, the
 * vector in {@code vector} or {@code embedding}, the text in {@code text}. In a bulk request, whose
 * first line is an action, each object follows its action, which has the id. The first row decides
 * which of these fields there are.
 *
 * @param bulk tells if there are actions
 * @param id field of ids, if rows have ids; empty if only the actions have them
 * @param vector field of vectors
 * @param text field of texts
 */
record JsonLines(
    boolean bulk, boolean hasIds, Optional<String> id, String vector, Optional<String> text) {
  private static final List<String> IDS = List.of("id", "_id");
  private static final List<String> VECTORS = List.of("vector", "embedding");
  private static final List<String> TEXTS = List.of("text");

  static VectorSource open(Path file, IndexColumns columns) {
    try (Lines lines = Lines.open(file, false)) {
      if (!lines.next()) {
        throw StitchException.badInput("'%s' has no rows", file);
      }
      boolean bulk = BulkAction.is(lines);
      boolean actionIds = bulk && BulkAction.read(lines).id().isPresent();
      if (bulk && !lines.next()) {
        throw StitchException.badInput("'%s' has an action but no document", file);
      }
      JsonLines fields = of(lines, columns, bulk, actionIds);
      float[] values = new float[Math.min(Stride.WIDEST, lines.to() - lines.from())];
      int width = JsonRow.vector(lines, fields.vector, values, 0, 0).count();
      var shape =
          new Shape(
              Stride.width(file, width),
              OptionalLong.empty(),
              fields.hasIds,
              fields.text.isPresent());
      var address = new IndexAddress(IndexFormat.JSONL, file);
      return new StreamSource(
          address, shape, () -> new Rows(Lines.open(file, false), fields, width));
    }
  }

  private static JsonLines of(Lines lines, IndexColumns columns, boolean bulk, boolean actionIds) {
    List<String> names = JsonRow.names(lines);
    List<String> vectors = VECTORS.stream().filter(names::contains).toList();
    if (columns.vector().isEmpty() && vectors.size() > 1) {
      throw StitchException.badInput(
          "%s has both '%s' and '%s'; name one with --columns vector=NAME",
          lines.where(), vectors.get(0), vectors.get(1));
    }
    String vector = columns.vector().orElse(vectors.isEmpty() ? VECTORS.get(0) : vectors.get(0));
    Optional<String> id = columns.id().or(() -> first(IDS, names));
    return new JsonLines(
        bulk,
        actionIds || id.isPresent(),
        id,
        vector,
        columns.text().or(() -> first(TEXTS, names)));
  }

  private static Optional<String> first(List<String> usual, List<String> names) {
    return usual.stream().filter(names::contains).findFirst();
  }

  private record Rows(Lines lines, JsonLines fields, int width) implements RowStream {
    @Override
    public boolean next(Batch batch) {
      if (!lines.next()) {
        return false;
      }
      Optional<BulkAction> action = Optional.empty();
      if (fields.bulk) {
        action = Optional.of(BulkAction.read(lines));
        requireDocument();
      }
      JsonRow row = JsonRow.vector(lines, fields.vector, batch.values(), batch.offset(), width);
      String before = row.before();
      String after = row.after();
      Map<String, String> members = JsonRow.members(lines, before + "[]" + after);
      if (fields.hasIds) {
        batch.id(RowId.check(lines.where(), id(action, members)));
      }
      fields.text.ifPresent(name -> batch.text(members.getOrDefault(name, "")));
      String start = action.map(a -> a.line() + "\n").orElse("") + before;
      batch.record(Records.of(IndexFormat.JSONL, start, after));
      batch.endRow();
      return true;
    }

    private void requireDocument() {
      String where = lines.where();
      if (!lines.next()) {
        throw StitchException.badInput("%s is an action but no document follows", where);
      }
    }

    private String id(Optional<BulkAction> action, Map<String, String> members) {
      return action
          .flatMap(BulkAction::id)
          .or(() -> fields.id.map(members::get))
          .orElseThrow(
              () ->
                  StitchException.badInput(
                      "%s has no id%s, which must be a text or a number; rows before it have one",
                      lines.where(),
                      fields.id.map(name -> " '" + Printable.of(name) + "'").orElse("")));
    }

    @Override
    public boolean skip() {
      boolean found = lines.next();
      if (found && fields.bulk) {
        requireDocument();
      }
      return found;
    }

    @Override
    public void close() {
      lines.close();
    }
  }
}
