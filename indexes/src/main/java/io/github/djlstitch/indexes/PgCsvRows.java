// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.indexes;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Optional;

/**
 * Writes CSV with a header, of id, vector and text; rows that were read from one keep their other
 * columns and the header.
 */
final class PgCsvRows implements StreamSink.RowFormat {
  private final IndexColumns names;
  private final float[] vector;

  PgCsvRows(Target target) {
    this.names = target.columns();
    this.vector = new float[target.width()];
  }

  @Override
  public void start(PartFile file, RowBlock block) {
    Optional<String> record = Records.of(IndexFormat.PGCSV, block, 0);
    String line =
        record
            .map(text -> text.substring(0, text.indexOf(Records.HOLE)))
            .orElseGet(() -> header(!block.texts().isEmpty()));
    write(file, line + "\n");
  }

  private String header(boolean texts) {
    String keys = quoted(names.id().orElse("id")) + "," + quoted(names.vector().orElse("vector"));
    return texts ? keys + "," + quoted(names.text().orElse("text")) : keys;
  }

  @Override
  public void row(PartFile file, RowBlock block, int row, String where) {
    block.vectors().copyRow(row, vector, 0);
    StreamSink.requireFinite(vector, where);
    Optional<String> record = Records.of(IndexFormat.PGCSV, block, row);
    String text = record.map(PgCsvRows::withoutHeader).orElseGet(() -> record(block, row, where));
    int hole = text.indexOf(Records.HOLE);
    write(file, text.substring(0, hole) + "\"");
    FloatText.list(vector, file);
    write(file, "\"" + text.substring(hole + 1) + "\n");
  }

  private static String withoutHeader(String record) {
    return record.substring(record.indexOf(Records.HOLE) + 1);
  }

  // Everything is quoted: without quotes an empty text would be NULL.
  private static String record(RowBlock block, int row, String where) {
    String text = block.texts().isEmpty() ? "" : "," + quoted(block.texts().get(row));
    return quoted(RowId.check(where, block.id(row))) + "," + Records.HOLE + text;
  }

  private static String quoted(String text) {
    return "\"" + text.replace("\"", "\"\"") + "\"";
  }

  private static void write(PartFile file, String text) {
    byte[] bytes = text.getBytes(UTF_8);
    file.write(bytes, 0, bytes.length);
  }

  @Override
  public byte[] end(boolean empty) {
    return empty ? (header(false) + "\n").getBytes(UTF_8) : new byte[0];
  }
}
