// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.indexes;

import com.google.gson.stream.JsonWriter;
import io.github.djlstitch.core.StitchException;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Writes vectors behind a header of one length for every number of rows; the ids, in a file of
 * their own until the end, follow them.
 */
final class SafetensorsSink implements VectorSink {
  private static final int ALIGNMENT = 64;
  private static final int ID_BYTES = 3 * RowId.LONGEST;

  private final Target target;
  private final PartFile vectors;
  private final Optional<PartFile> ids;
  private long rows;
  private long partRows;

  SafetensorsSink(Target target) {
    if (name(target.columns().vector(), SafetensorsIndex.VECTORS)
        .equals(name(target.columns().id(), SafetensorsIndex.IDS))) {
      throw StitchException.usage("ids and vectors need two names in --columns");
    }
    this.target = target;
    this.rows = target.rows();
    int row = target.width() * Float.BYTES;
    int header = header(target, 0, 0).length;
    this.vectors = target.open(target.name(), header, row, ByteOrder.LITTLE_ENDIAN);
    this.ids =
        target.hasIds()
            ? Optional.of(target.open(sideName(), 0, ID_BYTES, ByteOrder.LITTLE_ENDIAN))
            : Optional.empty();
  }

  private static String name(Optional<String> column, String usual) {
    return column.orElse(usual);
  }

  private String sideName() {
    return target.name() + ".ids";
  }

  @Override
  public void append(RowBlock block) {
    target.require(block);
    ids.ifPresent(file -> appendIds(file, block));
    vectors.write(block.vectors());
    partRows += block.rows();
  }

  private void appendIds(PartFile file, RowBlock block) {
    for (int i = 0; i < block.rows(); i++) {
      boolean first = rows + partRows + i == 0;
      String id = RowId.check("'" + target.file() + "' row " + (rows + partRows + i), block.id(i));
      byte[] line = (first ? id : "\n" + id).getBytes(StandardCharsets.UTF_8);
      file.write(line, 0, line.length);
    }
  }

  @Override
  public Part endPart() {
    List<Piece> pieces = new ArrayList<>();
    vectors.endPart().ifPresent(pieces::add);
    ids.flatMap(PartFile::endPart).ifPresent(pieces::add);
    var part = new Part(partRows, pieces);
    rows += partRows;
    partRows = 0;
    return part;
  }

  @Override
  public Path finish() {
    target.requireEnded(partRows);
    long idBytes = 0;
    if (ids.isPresent()) {
      idBytes = ids.get().end();
      vectors.appendAll(target.folder().resolve(sideName()));
    }
    vectors.finish(header(target, rows, idBytes), new byte[0]);
    return target.file();
  }

  // Padded to the length that the largest numbers need, so that the vectors begin at one place.
  private static byte[] header(Target target, long rows, long idBytes) {
    String longest = json(target, Long.MAX_VALUE / 4 / target.width(), Long.MAX_VALUE);
    int most = longest.getBytes(StandardCharsets.UTF_8).length;
    int length = (Long.BYTES + most + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
    ByteBuffer header = ByteBuffer.allocate(length).order(ByteOrder.LITTLE_ENDIAN);
    header.putLong(length - Long.BYTES);
    header.put(json(target, rows, idBytes).getBytes(StandardCharsets.UTF_8));
    while (header.hasRemaining()) {
      header.put((byte) ' ');
    }
    return header.array();
  }

  private static String json(Target target, long rows, long idBytes) {
    long end = rows * target.width() * Float.BYTES;
    var text = new StringWriter();
    try (var json = new JsonWriter(text)) {
      json.beginObject().name(name(target.columns().vector(), SafetensorsIndex.VECTORS));
      tensor(json, "F32", 0, end, rows, target.width());
      if (target.hasIds()) {
        json.name(name(target.columns().id(), SafetensorsIndex.IDS));
        tensor(json, "U8", end, idBytes == Long.MAX_VALUE ? idBytes : end + idBytes, idBytes);
      }
      json.endObject();
    } catch (IOException e) {
      throw new UncheckedIOException("memory cannot fail to be written", e);
    }
    return text.toString();
  }

  private static void tensor(JsonWriter json, String dtype, long begin, long end, long... shape)
      throws IOException {
    json.beginObject().name("dtype").value(dtype).name("shape").beginArray();
    for (long dimension : shape) {
      json.value(dimension);
    }
    json.endArray().name("data_offsets").beginArray().value(begin).value(end).endArray();
    json.endObject();
  }

  @Override
  public void close() {
    ids.ifPresent(PartFile::close);
    vectors.close();
  }
}
