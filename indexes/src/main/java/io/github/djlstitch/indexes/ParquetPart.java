// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.indexes;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import io.github.djlstitch.core.FloatMatrix;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;

/**
 * One Parquet file: required texts and a required list of required float32, in plain pages that are
 * not compressed (vectors hardly get smaller). The vectors of a row group are written as they come,
 * its texts, which are kept until then, at its end. DuckDB would need a table of the whole file
 * first.
 */
final class ParquetPart {
  private static final byte[] MAGIC = "PAR1".getBytes(ISO_8859_1);
  private static final int GROUP_ROWS = 122_880; // as DuckDB, which reads them in parallel
  private static final int GROUP_BYTES = 16 << 20; // of texts
  private static final int PAGE_BYTES = 1 << 20;
  private static final int FLOAT = 4;
  private static final int BYTE_ARRAY = 6;
  private static final int PLAIN = 0;
  private static final int RLE = 3;
  private static final int UTF8 = 0;
  private static final int LIST = 3;

  private final PartFile file;
  private final int width;
  private final String vectorName;
  private final List<String> textNames;
  private final List<Texts> texts = new ArrayList<>();
  private final List<Group> groups = new ArrayList<>();
  private Chunk vectors;
  private long groupRows;
  private long rows;

  /** The place of a column's pages in the file. */
  private record Chunk(long offset, long bytes, long values) {
    Chunk plus(long more, long count) {
      return new Chunk(offset, bytes + more, values + count);
    }
  }

  /** A row group: texts in order, and vectors. */
  private record Group(long rows, List<Chunk> texts, Chunk vectors) {}

  /** Texts of a row group, each with its length before it. */
  private static final class Texts {
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

    void add(String text) {
      byte[] utf8 = text.getBytes(UTF_8);
      bytes.writeBytes(little(utf8.length));
      bytes.writeBytes(utf8);
    }
  }

  /**
   * Starts a file.
   *
   * @param textNames columns of texts
   */
  ParquetPart(PartFile file, int width, String vectorName, List<String> textNames) {
    this.file = file;
    this.width = width;
    this.vectorName = vectorName;
    this.textNames = textNames;
    textNames.forEach(name -> texts.add(new Texts()));
    file.write(MAGIC, 0, MAGIC.length);
    this.vectors = new Chunk(file.end(), 0, 0);
  }

  /**
   * Adds rows.
   *
   * @param columns the rows of each column of texts
   */
  void append(FloatMatrix block, List<List<String>> columns) {
    int most = Math.max(1, PAGE_BYTES / Float.BYTES / width);
    for (int from = 0; from < block.rows(); from += most) {
      int to = Math.min(block.rows(), from + most);
      vectorPage(block.rowRange(from, to));
      for (int column = 0; column < columns.size(); column++) {
        columns.get(column).subList(from, to).forEach(texts.get(column)::add);
      }
      groupRows += to - from;
      long bytes = texts.stream().mapToLong(t -> t.bytes.size()).sum();
      if (groupRows >= GROUP_ROWS || bytes >= GROUP_BYTES) {
        endGroup();
      }
    }
  }

  private void vectorPage(FloatMatrix block) {
    var levels = new ByteArrayOutputStream();
    for (int i = 0; i < block.rows(); i++) {
      run(levels, 1, 0); // a row begins
      if (width > 1) {
        run(levels, width - 1, 1);
      }
    }
    long values = (long) block.rows() * width;
    var present = new ByteArrayOutputStream();
    run(present, values, 1);
    var before = new ByteArrayOutputStream();
    before.writeBytes(little(levels.size()));
    before.writeBytes(levels.toByteArray());
    before.writeBytes(little(present.size()));
    before.writeBytes(present.toByteArray());
    long size = before.size() + values * Float.BYTES;
    long start = file.end();
    write(pageHeader(size, values));
    write(before.toByteArray());
    file.write(block);
    vectors = vectors.plus(file.end() - start, values);
  }

  // A run of one level: its length, shifted, and its value.
  private static void run(ByteArrayOutputStream out, long count, int level) {
    Thrift.varint(out, count << 1);
    out.write(level);
  }

  private static byte[] pageHeader(long size, long values) {
    return new Thrift()
        .i32(1, 0)
        .i32(2, Math.toIntExact(size))
        .i32(3, Math.toIntExact(size))
        .struct(5)
        .i32(1, Math.toIntExact(values))
        .i32(2, PLAIN)
        .i32(3, RLE)
        .i32(4, RLE)
        .end()
        .bytes();
  }

  private void endGroup() {
    if (groupRows == 0) {
      return;
    }
    List<Chunk> chunks = new ArrayList<>();
    for (Texts column : texts) {
      long start = file.end();
      write(pageHeader(column.bytes.size(), groupRows));
      write(column.bytes.toByteArray());
      column.bytes.reset();
      chunks.add(new Chunk(start, file.end() - start, groupRows));
    }
    groups.add(new Group(groupRows, chunks, vectors));
    rows += groupRows;
    groupRows = 0;
    vectors = new Chunk(file.end(), 0, 0);
  }

  /** Ends the file. */
  void end() {
    endGroup();
    byte[] footer = footer();
    write(footer);
    write(little(footer.length));
    write(MAGIC);
  }

  private byte[] footer() {
    Thrift out = new Thrift().i32(1, 1).structs(2, 1 + textNames.size() + 3);
    out.element().text(4, "schema").i32(5, textNames.size() + 1).end();
    for (String name : textNames) {
      out.element().i32(1, BYTE_ARRAY).i32(3, 0).text(4, name).i32(6, UTF8);
      out.struct(10).struct(1).end().end().end();
    }
    out.element().i32(3, 0).text(4, vectorName).i32(5, 1).i32(6, LIST);
    out.struct(10).struct(3).end().end().end();
    out.element().i32(3, 2).text(4, "list").i32(5, 1).end();
    out.element().i32(1, FLOAT).i32(3, 0).text(4, "element").end();
    out.i64(3, rows).structs(4, groups.size());
    groups.forEach(group -> group(out, group));
    return out.text(6, "djl-stitch").bytes();
  }

  private void group(Thrift out, Group group) {
    out.element().structs(1, textNames.size() + 1);
    long total = group.vectors.bytes;
    for (int i = 0; i < textNames.size(); i++) {
      chunk(out, BYTE_ARRAY, List.of(textNames.get(i)), group.texts.get(i));
      total += group.texts.get(i).bytes;
    }
    chunk(out, FLOAT, List.of(vectorName, "list", "element"), group.vectors);
    out.i64(2, total).i64(3, group.rows).end();
  }

  private static void chunk(Thrift out, int type, List<String> path, Chunk chunk) {
    out.element().i64(2, chunk.offset).struct(3);
    out.i32(1, type).i32s(2, PLAIN, RLE).texts(3, path).i32(4, 0).i64(5, chunk.values);
    out.i64(6, chunk.bytes).i64(7, chunk.bytes).i64(9, chunk.offset).end().end();
  }

  private void write(byte[] bytes) {
    file.write(bytes, 0, bytes.length);
  }

  private static byte[] little(int value) {
    return ByteBuffer.allocate(4).order(ByteOrder.LITTLE_ENDIAN).putInt(value).array();
  }
}
