// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.indexes;

import java.io.IOException;
import org.apache.lucene.codecs.KnnVectorsFormat;
import org.apache.lucene.codecs.KnnVectorsReader;
import org.apache.lucene.codecs.KnnVectorsWriter;
import org.apache.lucene.codecs.lucene912.Lucene912Codec;
import org.apache.lucene.codecs.lucene99.Lucene99HnswVectorsFormat;
import org.apache.lucene.index.SegmentReadState;
import org.apache.lucene.index.SegmentWriteState;

/**
 * Lucene's own codec for vectors of more than 1,024 values, too; what it writes every Lucene 9.12
 * reads, for the limit holds only while an index is written.
 */
final class LuceneCodec extends Lucene912Codec {
  private static final int WIDEST = 16_000;

  @Override
  public KnnVectorsFormat getKnnVectorsFormatForField(String field) {
    return new Wide();
  }

  private static final class Wide extends KnnVectorsFormat {
    private final KnnVectorsFormat own = new Lucene99HnswVectorsFormat();

    Wide() {
      super("Lucene99HnswVectorsFormat");
    }

    @Override
    public KnnVectorsWriter fieldsWriter(SegmentWriteState state) throws IOException {
      return own.fieldsWriter(state);
    }

    @Override
    public KnnVectorsReader fieldsReader(SegmentReadState state) throws IOException {
      return own.fieldsReader(state);
    }

    @Override
    public int getMaxDimensions(String field) {
      return WIDEST;
    }
  }
}
