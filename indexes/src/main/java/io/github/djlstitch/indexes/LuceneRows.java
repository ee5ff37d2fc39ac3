// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.indexes;

import io.github.djlstitch.core.StitchException;
import io.github.djlstitch.core.internal.file.Printable;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.apache.lucene.codecs.StoredFieldsReader;
import org.apache.lucene.index.CodecReader;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.index.FloatVectorValues;
import org.apache.lucene.index.LeafReader;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.search.DocIdSetIterator;
import org.apache.lucene.util.Bits;
import org.jspecify.annotations.Nullable;

/** The live documents with a vector, segment by segment. Not thread-safe. */
final class LuceneRows implements StreamSource.RowStream {
  private final Path folder;
  private final List<LeafReaderContext> leaves;
  private final LuceneFields fields;
  private final boolean ids;
  private final boolean texts;
  private final String record;
  private int nextLeaf;
  private int base;
  private int document = DocIdSetIterator.NO_MORE_DOCS;
  private @Nullable FloatVectorValues values;
  private @Nullable StoredFieldsReader stored;
  private @Nullable Bits live;

  LuceneRows(Path folder, DirectoryReader reader, LuceneFields fields, boolean ids, boolean texts) {
    this.folder = folder;
    this.leaves = reader.leaves();
    this.fields = fields;
    this.ids = ids;
    this.texts = texts;
    this.record = Records.of(IndexFormat.LUCENE, fields.similarity().name());
  }

  @Override
  public boolean next(Batch batch) {
    try {
      if (!advance() || values == null) {
        return false;
      }
      float[] vector = values.vectorValue();
      System.arraycopy(vector, 0, batch.values(), batch.offset(), vector.length);
      if (ids || texts) {
        addStored(batch, stored());
      }
      batch.record(record);
      batch.endRow();
      return true;
    } catch (IOException | RuntimeException e) {
      throw LuceneSource.unreadable(folder, e);
    }
  }

  private void addStored(Batch batch, LuceneFields.Stored found) {
    String where = "'" + folder + "' document " + (base + document);
    String id = found.id();
    if (ids && id == null) {
      throw StitchException.badInput(
          "%s has no stored field '%s'; name the field of ids with --columns id=NAME",
          where, Printable.of(fields.id()));
    }
    if (id != null && ids) {
      batch.id(RowId.check(where, id));
    }
    if (texts) {
      String text = found.text();
      batch.text(text == null ? "" : text);
    }
  }

  /** The stored fields of the first row; none if there is no row. */
  LuceneFields.Stored firstStored() throws IOException {
    return advance() ? stored() : fields.new Stored();
  }

  private LuceneFields.Stored stored() throws IOException {
    LuceneFields.Stored found = fields.new Stored();
    if (stored != null) {
      stored.document(document, found);
    }
    return found;
  }

  @Override
  public boolean skip() {
    try {
      return advance();
    } catch (IOException | RuntimeException e) {
      throw LuceneSource.unreadable(folder, e);
    }
  }

  private boolean advance() throws IOException {
    while (true) {
      if (values == null || document == DocIdSetIterator.NO_MORE_DOCS) {
        if (nextLeaf == leaves.size()) {
          return false;
        }
        open(leaves.get(nextLeaf++));
      }
      document = values == null ? DocIdSetIterator.NO_MORE_DOCS : values.nextDoc();
      if (document != DocIdSetIterator.NO_MORE_DOCS && (live == null || live.get(document))) {
        return true;
      }
    }
  }

  private void open(LeafReaderContext context) throws IOException {
    LeafReader leaf = context.reader();
    base = context.docBase;
    live = leaf.getLiveDocs();
    values =
        leaf.getFieldInfos().fieldInfo(fields.vector()) == null
            ? null
            : leaf.getFloatVectorValues(fields.vector());
    // For reading in order: each compressed block of documents is unpacked once.
    stored = leaf instanceof CodecReader codec ? codec.getFieldsReader().getMergeInstance() : null;
  }

  @Override
  public void close() {
    values = null;
    nextLeaf = leaves.size();
  }
}
