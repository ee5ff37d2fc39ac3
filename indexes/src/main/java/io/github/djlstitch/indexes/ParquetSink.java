// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.indexes;

import io.github.djlstitch.core.internal.file.WriteFailure;
import java.io.IOException;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Writes a folder of Parquet files, {@code part-00000.parquet} and so on, one for each part; a
 * single part is a file if the index's name ends in {@code .parquet}. Rows without ids have no
 * column of ids.
 */
final class ParquetSink implements VectorSink {
  private static final String FOLDER = "parts";

  private final Target target;
  private final Path parts;
  private int count;
  private long partRows;
  private boolean texts;
  private @Nullable PartFile file;
  private @Nullable ParquetPart part;

  ParquetSink(Target target) {
    this.target = target;
    this.parts = target.folder().resolve(FOLDER);
    List<Piece> pieces = target.parts().stream().flatMap(p -> p.pieces().stream()).toList();
    try {
      Files.createDirectories(parts);
      for (Piece piece : pieces) {
        verify(piece);
      }
      discard(pieces.stream().map(Piece::file).collect(Collectors.toSet()));
    } catch (IOException e) {
      throw WriteFailure.of(parts, e);
    }
  }

  private void verify(Piece piece) throws IOException {
    Path path = parts.resolve(fileName(count));
    if (!piece.file().equals(FOLDER + "/" + fileName(count++))) {
      throw FinishedPieces.changed(path, piece);
    }
    try (FileChannel channel = FileChannel.open(path)) {
      if (FinishedPieces.verify(path, channel, 0, List.of(piece)) != channel.size()) {
        throw FinishedPieces.changed(path, piece);
      }
    } catch (NoSuchFileException e) {
      throw FinishedPieces.changed(path, piece).because(e);
    }
  }

  private void discard(Set<String> finished) throws IOException {
    try (Stream<Path> files = Files.list(parts)) {
      for (Path path : files.toList()) {
        if (!finished.contains(FOLDER + "/" + path.getFileName())) {
          Files.delete(path);
        }
      }
    }
  }

  private static String fileName(int number) {
    return "part-%05d.parquet".formatted(number);
  }

  @Override
  public void append(RowBlock block) {
    target.require(block);
    if (block.rows() > 0) {
      texts = part == null ? !block.texts().isEmpty() : texts;
      part().append(block.vectors(), columns(block));
      partRows += block.rows();
    }
  }

  private List<List<String>> columns(RowBlock block) {
    List<List<String>> columns = new ArrayList<>();
    if (target.hasIds()) {
      List<String> ids = new ArrayList<>();
      for (int i = 0; i < block.rows(); i++) {
        ids.add(RowId.check("'" + target.file() + "' row " + (block.first() + i), block.id(i)));
      }
      columns.add(ids);
    }
    if (texts) {
      columns.add(block.texts());
    }
    return columns;
  }

  private ParquetPart part() {
    if (part == null) {
      List<String> names = new ArrayList<>();
      if (target.hasIds()) {
        names.add(target.columns().id().orElse("id"));
      }
      if (texts) {
        names.add(target.columns().text().orElse("text"));
      }
      int row = target.width() * Float.BYTES;
      file =
          PartFile.open(parts.resolve(fileName(count)), 0, row, ByteOrder.LITTLE_ENDIAN, List.of());
      String vector = target.columns().vector().orElse("vector");
      part = new ParquetPart(file, target.width(), vector, names);
    }
    return part;
  }

  @Override
  public Part endPart() {
    if (part == null || file == null) {
      return new Part(0, List.of());
    }
    part.end();
    Piece piece = file.endPart().orElseThrow();
    file.close();
    part = null;
    count++;
    var own = new Piece(FOLDER + "/" + piece.file(), 0, piece.length(), piece.sha256());
    var result = new Part(partRows, List.of(own));
    partRows = 0;
    return result;
  }

  @Override
  public Path finish() {
    target.requireEnded(partRows);
    if (count == 0) { // a folder without any file would be no index
      part();
      endPart();
    }
    boolean single = count == 1 && target.name().endsWith(".parquet");
    return single ? parts.resolve(fileName(0)) : parts;
  }

  @Override
  public void close() {
    if (part != null && file != null) {
      file.close();
    }
  }
}
