// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.indexes;

import io.github.djlstitch.core.FloatMatrix;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Rows for tests, and ways to write and read all of them. */
final class Samples {
  static final int WIDTH = 6;

  private Samples() {}

  /** Everything that a source tells of its rows. */
  record All(List<List<Float>> vectors, List<String> ids, List<String> texts) {}

  /** The golden files' values: {@code (7 i + j) / 8 - 3}. */
  static FloatMatrix golden(int from, int to) {
    float[] values = new float[(to - from) * WIDTH];
    for (int k = 0; k < values.length; k++) {
      values[k] = (7 * (from + k / WIDTH) + k % WIDTH) / 8f - 3;
    }
    return FloatMatrix.wrap(to - from, WIDTH, values);
  }

  /** A block of the golden rows without ids. */
  static RowBlock numbered(int from, int to) {
    return RowBlock.numbered(from, golden(from, to));
  }

  /** A block of the golden rows with ids and texts. */
  static RowBlock named(int from, int to) {
    List<String> ids = IntStream.range(from, to).mapToObj(i -> "id-" + i + "-é").toList();
    List<String> texts = IntStream.range(from, to).mapToObj(i -> "text, \"" + i + "\"\n").toList();
    return new RowBlock(from, golden(from, to), ids, texts, List.of());
  }

  /** A golden file, copied out of the test's resources. */
  static Path resource(Path folder, String name) throws IOException {
    Path copy = folder.resolve(name);
    try (var in = Samples.class.getResourceAsStream("/golden/" + name)) {
      Files.copy(java.util.Objects.requireNonNull(in), copy, StandardCopyOption.REPLACE_EXISTING);
    }
    return copy;
  }

  /** Writes rows 0 to N in parts of some rows, and each part in blocks of at most two. */
  static Path write(IndexFormat format, Path folder, String name, int rows, int part, boolean ids) {
    try (VectorSink sink = format.create(folder, name, WIDTH, ids, IndexColumns.usual())) {
      append(sink, 0, rows, part, ids);
      return sink.finish();
    }
  }

  /** Adds rows and returns the finished parts. */
  static List<VectorSink.Part> append(VectorSink sink, int from, int to, int part, boolean ids) {
    List<VectorSink.Part> parts = new ArrayList<>();
    for (int begin = from; begin < to; begin += part) {
      int end = Math.min(begin + part, to);
      for (int i = begin; i < end; i += 2) {
        int stop = Math.min(i + 2, end);
        sink.append(ids ? named(i, stop) : numbered(i, stop));
      }
      parts.add(sink.endPart());
    }
    return parts;
  }

  /** Reads an index to its end in blocks of at most so many rows. */
  static All read(VectorSource source, int most) {
    var all = new All(new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
    try (var reader = source.read()) {
      for (RowBlock block = reader.next(most); block.rows() > 0; block = reader.next(most)) {
        for (int i = 0; i < block.rows(); i++) {
          all.vectors().add(list(block.vectors().row(i)));
          all.ids().add(block.id(i));
        }
        all.texts().addAll(block.texts());
      }
    }
    return all;
  }

  /** Reads an index at a place. */
  static All read(IndexFormat format, Path path, int most) {
    try (VectorSource source = format.open(path, IndexColumns.usual())) {
      return read(source, most);
    }
  }

  /** The golden rows as a source has to tell them. */
  static All expected(int rows, boolean ids, boolean texts) {
    List<List<Float>> vectors =
        IntStream.range(0, rows).mapToObj(i -> list(golden(i, i + 1).row(0))).toList();
    RowBlock block = ids ? named(0, rows) : numbered(0, rows);
    List<String> found = IntStream.range(0, rows).mapToObj(block::id).toList();
    return new All(vectors, found, texts ? block.texts() : List.of());
  }

  static List<Float> list(float[] values) {
    List<Float> list = new ArrayList<>();
    for (float value : values) {
      list.add(value);
    }
    return list;
  }

  /** Digests of all files of an index, by name. */
  static List<String> bytes(Path index) throws IOException {
    try (Stream<Path> files = Files.walk(index)) {
      List<String> found = new ArrayList<>();
      for (Path file : files.filter(Files::isRegularFile).sorted().toList()) {
        String sum = io.github.djlstitch.core.internal.file.Sha256.ofFile(file);
        found.add(index.relativize(file) + " " + sum);
      }
      return found;
    }
  }
}
