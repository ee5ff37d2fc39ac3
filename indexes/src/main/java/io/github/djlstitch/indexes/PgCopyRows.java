// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.indexes;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import io.github.djlstitch.core.StitchException;
import java.nio.ByteBuffer;
import java.util.Optional;

/**
 * Writes a binary copy of id, vector and text; a row that was read from one keeps its other
 * columns. Ids are text unless {@code --columns id=N:TYPE} names their type; numbers of rows
 * without ids are int8.
 */
final class PgCopyRows implements StreamSink.RowFormat {
  private static final int WIDEST = 16_000; // of a pgvector

  private final PgType type;
  private final float[] vector;

  PgCopyRows(Target target) {
    if (target.width() > WIDEST) {
      throw StitchException.badInput(
          "'%s': a pgvector has at most %d values but these have %d",
          target.file(), WIDEST, target.width());
    }
    this.vector = new float[target.width()];
    Optional<PgType> named = target.columns().id().map(PgColumn::parse).flatMap(PgColumn::type);
    this.type = named.orElse(target.hasIds() ? PgType.TEXT : PgType.INT8);
  }

  @Override
  public void start(PartFile file, RowBlock block) {
    header(file);
  }

  private static void header(PartFile file) {
    file.write(PgTuples.HEADER, 0, PgTuples.HEADER.length);
  }

  @Override
  public void row(PartFile file, RowBlock block, int row, String where) {
    block.vectors().copyRow(row, vector, 0);
    Optional<String> record = Records.of(IndexFormat.PGCOPY, block, row);
    if (record.isPresent()) {
      int hole = record.get().indexOf(Records.HOLE);
      int length = Integer.parseInt(record.get().substring(0, hole));
      byte[] rest = record.get().substring(hole + 1).getBytes(ISO_8859_1);
      file.write(rest, 0, length);
      writeVector(file);
      file.write(rest, length, rest.length - length);
      return;
    }
    byte[] id = type.write(where, RowId.check(where, block.id(row)));
    file.room(2).putShort((short) (block.texts().isEmpty() ? 2 : 3));
    writeField(file, id);
    writeVector(file);
    if (!block.texts().isEmpty()) {
      writeField(file, text(where, block.texts().get(row)));
    }
  }

  private static byte[] text(String where, String text) {
    if (text.indexOf('\0') >= 0) {
      throw StitchException.badInput("%s: the text has a NUL, which PostgreSQL cannot keep", where);
    }
    return text.getBytes(UTF_8);
  }

  private static void writeField(PartFile file, byte[] bytes) {
    file.room(Integer.BYTES).putInt(bytes.length);
    file.write(bytes, 0, bytes.length);
  }

  private void writeVector(PartFile file) {
    int size = vector.length * Float.BYTES;
    ByteBuffer room = file.room(8 + size);
    room.putInt(4 + size).putShort((short) vector.length).putShort((short) 0);
    room.asFloatBuffer().put(vector);
    room.position(room.position() + size);
  }

  @Override
  public byte[] end(boolean empty) {
    byte[] end = {-1, -1};
    if (!empty) {
      return end;
    }
    return ByteBuffer.allocate(PgTuples.HEADER.length + 2).put(PgTuples.HEADER).put(end).array();
  }
}
