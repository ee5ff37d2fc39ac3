// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.indexes;

import io.github.djlstitch.core.StitchException;
import io.github.djlstitch.core.internal.file.Printable;
import io.github.djlstitch.core.internal.file.WriteFailure;
import io.github.djlstitch.indexes.StreamSource.Shape;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.OptionalLong;
import java.util.TreeMap;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.index.FieldInfo;
import org.apache.lucene.index.IndexNotFoundException;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.index.VectorEncoding;
import org.apache.lucene.store.FSDirectory;

/**
 * Opens a folder of Lucene 9. Rows are the live documents with a vector, in the order of the index;
 * the vector's field is the one named, else the only one of float vectors; ids and texts are stored
 * fields, {@code id} and {@code text} unless named, if the first document has them. Every file is
 * read once against its checksum before anything in it is believed.
 */
final class LuceneSource {
  private LuceneSource() {}

  static VectorSource open(Path folder, IndexColumns columns) {
    if (!Files.isDirectory(folder)) {
      throw StitchException.badInput(
          "'%s' is no folder; lucene: needs the folder of an index", folder);
    }
    try {
      DirectoryReader reader = DirectoryReader.open(FSDirectory.open(folder));
      try {
        requireIntact(reader);
        return source(folder, reader, columns);
      } catch (IOException | RuntimeException e) {
        reader.close();
        throw e;
      }
    } catch (IOException | RuntimeException e) {
      throw unreadable(folder, e);
    }
  }

  // Lucene believes what a damaged file says: it would take memory by it, or fail in any way.
  private static void requireIntact(DirectoryReader reader) throws IOException {
    for (LeafReaderContext leaf : reader.leaves()) {
      leaf.reader().checkIntegrity();
    }
  }

  private static VectorSource source(Path folder, DirectoryReader reader, IndexColumns columns)
      throws IOException {
    FieldInfo field = field(folder, reader, columns);
    LuceneFields fields =
        new LuceneFields(
            field.name,
            columns.id().orElse("id"),
            columns.text().orElse("text"),
            field.getVectorSimilarityFunction());
    LuceneRows first = new LuceneRows(folder, reader, fields, false, false);
    LuceneFields.Stored stored = first.firstStored();
    boolean hasIds = columns.id().isPresent() || stored.id() != null;
    boolean hasTexts = columns.text().isPresent() || stored.text() != null;
    int width = Stride.width(folder, field.getVectorDimension());
    var shape = new Shape(width, rows(reader, field.name), hasIds, hasTexts);
    return new StreamSource(
        new IndexAddress(IndexFormat.LUCENE, folder),
        shape,
        () -> new LuceneRows(folder, reader, fields, hasIds, hasTexts),
        () -> close(folder, reader));
  }

  private static FieldInfo field(Path folder, DirectoryReader reader, IndexColumns columns) {
    Map<String, FieldInfo> found = new TreeMap<>();
    for (LeafReaderContext leaf : reader.leaves()) {
      for (FieldInfo info : leaf.reader().getFieldInfos()) {
        if (info.hasVectorValues() && info.getVectorEncoding() == VectorEncoding.FLOAT32) {
          found.put(info.name, info);
        }
      }
    }
    String names = Printable.of(String.join(", ", found.keySet()));
    if (columns.vector().isPresent() && !found.containsKey(columns.vector().get())) {
      throw StitchException.badInput(
          "'%s' has no field '%s' of float vectors; it has %s",
          folder, Printable.of(columns.vector().get()), found.isEmpty() ? "none" : names);
    }
    if (columns.vector().isEmpty() && found.size() != 1) {
      throw StitchException.badInput(
          "'%s' has %s; expected one%s",
          folder,
          found.isEmpty() ? "no field of float vectors" : "the fields of float vectors " + names,
          found.isEmpty() ? "" : ": name it with --columns vector=NAME");
    }
    return columns.vector().map(found::get).orElseGet(() -> found.values().iterator().next());
  }

  // Known where nothing is deleted.
  private static OptionalLong rows(DirectoryReader reader, String field) throws IOException {
    if (reader.hasDeletions()) {
      return OptionalLong.empty();
    }
    long rows = 0;
    for (LeafReaderContext leaf : reader.leaves()) {
      var values = leaf.reader().getFloatVectorValues(field);
      rows += values == null ? 0 : values.size();
    }
    return OptionalLong.of(rows);
  }

  private static void close(Path folder, DirectoryReader reader) {
    try {
      reader.close();
      reader.directory().close();
    } catch (IOException e) {
      throw unreadable(folder, e);
    }
  }

  /** The refusal of an index; Lucene fails in many ways on one that is damaged. */
  static StitchException unreadable(Path folder, Exception cause) {
    if (cause instanceof StitchException known) {
      return known;
    }
    if (cause instanceof IndexNotFoundException) {
      return StitchException.badInput("'%s' is no Lucene index: it has no segments file", folder)
          .because(cause);
    }
    String reason =
        cause instanceof IOException io ? WriteFailure.reason(io) : String.valueOf(cause);
    return StitchException.badInput(
            "'%s' cannot be read as an index of Lucene 9 (%s); indexes of Elasticsearch, OpenSearch"
                + " and Solr must be exported first",
            folder, Printable.of(Printable.line(reason)))
        .because(cause);
  }
}
