// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.indexes;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.google.gson.JsonPrimitive;
import java.util.Optional;

/**
 * Writes JSON lines. A row that was read from JSON lines keeps everything but its vector, with its
 * action if it was part of a bulk request.
 */
final class JsonRows implements StreamSink.RowFormat {
  private final Target target;
  private final float[] vector;

  JsonRows(Target target) {
    this.target = target;
    this.vector = new float[target.width()];
  }

  @Override
  public void start(PartFile file, RowBlock block) {
    // JSON lines have no header.
  }

  @Override
  public void row(PartFile file, RowBlock block, int row, String where) {
    block.vectors().copyRow(row, vector, 0);
    StreamSink.requireFinite(vector, where);
    Optional<String> record = Records.of(IndexFormat.JSONL, block, row);
    String text = record.orElseGet(() -> record(block, row, where));
    int hole = text.indexOf(Records.HOLE);
    write(file, text.substring(0, hole));
    FloatText.list(vector, file);
    write(file, text.substring(hole + 1) + "\n");
  }

  private String record(RowBlock block, int row, String where) {
    IndexColumns names = target.columns();
    String id = RowId.check(where, block.id(row));
    String text =
        block.texts().isEmpty()
            ? ""
            : ", " + quoted(names.text().orElse("text")) + ": " + quoted(block.texts().get(row));
    return "{%s: %s, %s: %s%s}"
        .formatted(
            quoted(names.id().orElse("id")),
            quoted(id),
            quoted(names.vector().orElse("vector")),
            Records.HOLE,
            text);
  }

  private static String quoted(String text) {
    return new JsonPrimitive(text).toString();
  }

  private static void write(PartFile file, String text) {
    byte[] bytes = text.getBytes(UTF_8);
    file.write(bytes, 0, bytes.length);
  }

  @Override
  public byte[] end(boolean empty) {
    return new byte[0];
  }
}
