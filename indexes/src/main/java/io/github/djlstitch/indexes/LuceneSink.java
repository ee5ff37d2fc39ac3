// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.indexes;

import io.github.djlstitch.core.StitchException;
import io.github.djlstitch.core.internal.file.WriteFailure;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.apache.lucene.document.Document;
import org.apache.lucene.document.Field;
import org.apache.lucene.document.FieldType;
import org.apache.lucene.document.KnnFloatVectorField;
import org.apache.lucene.document.StoredField;
import org.apache.lucene.document.StringField;
import org.apache.lucene.index.IndexWriter;
import org.apache.lucene.index.VectorSimilarityFunction;
import org.apache.lucene.store.LockObtainFailedException;

/**
 * Writes a folder of Lucene 9: for each row a document with a stored id that can be searched, a
 * vector in a graph (HNSW), and a stored text. The similarity is that of the Lucene index the rows
 * come from, else the dot product; where the first block's vectors are not of length 1, cosine.
 * Every part is a commit that tells the rows so far.
 */
final class LuceneSink implements VectorSink {
  private static final double UNIT = 1e-3; // rounding of float32 is far below, other lengths above

  private final Target target;
  private final LuceneCommits commits;
  private final IndexWriter writer;
  private final String vectorField;
  private final float[] vector;
  private FieldType vectorType = new FieldType();
  private long rows;
  private long partRows;

  LuceneSink(Target target) {
    this.target = target;
    this.vectorField = target.columns().vector().orElse("vector");
    this.vector = new float[target.width()];
    this.rows = target.rows();
    this.commits = new LuceneCommits(target.file());
    try {
      this.writer = commits.open(rows);
      if (rows > 0) {
        choose(commits.similarity(vectorField));
      }
    } catch (LockObtainFailedException e) {
      throw StitchException.resources(
              "'%s' is being written by another process; wait for its end", target.file())
          .because(e);
    } catch (IOException e) {
      throw WriteFailure.of(target.file(), e);
    }
  }

  @Override
  public void append(RowBlock block) {
    target.require(block);
    if (rows + partRows == 0 && block.rows() > 0) {
      choose(similarity(block));
    }
    for (int i = 0; i < block.rows(); i++) {
      String where = "'" + target.file() + "' row " + (rows + partRows);
      Document document = document(block, i, where);
      try {
        writer.addDocument(document);
      } catch (IOException e) {
        throw WriteFailure.of(target.file(), e);
      } catch (IllegalArgumentException e) {
        throw StitchException.badInput("%s: Lucene refuses it: %s", where, e.getMessage())
            .because(e);
      }
      partRows++;
    }
  }

  private Document document(RowBlock block, int row, String where) {
    block.vectors().copyRow(row, vector, 0);
    StreamSink.requireFinite(vector, where);
    double length = length(vector);
    boolean dot = vectorType.vectorSimilarityFunction() == VectorSimilarityFunction.DOT_PRODUCT;
    if (dot && Math.abs(length - 1) > UNIT) {
      throw StitchException.badInput(
          "%s: the vector has length %.4f but those of the first rows have 1, by which the dot"
              + " product was chosen; normalize all or none",
          where, length);
    }
    var document = new Document();
    String id = target.columns().id().orElse("id");
    document.add(new StringField(id, RowId.check(where, block.id(row)), Field.Store.YES));
    document.add(new KnnFloatVectorField(vectorField, vector.clone(), vectorType));
    if (!block.texts().isEmpty()) {
      String text = target.columns().text().orElse("text");
      document.add(new StoredField(text, block.texts().get(row)));
    }
    return document;
  }

  private void choose(VectorSimilarityFunction similarity) {
    vectorType = KnnFloatVectorField.createFieldType(target.width(), similarity);
  }

  private VectorSimilarityFunction similarity(RowBlock block) {
    VectorSimilarityFunction wanted =
        Records.of(IndexFormat.LUCENE, block, 0)
            .map(VectorSimilarityFunction::valueOf)
            .orElse(VectorSimilarityFunction.DOT_PRODUCT);
    boolean dot = wanted == VectorSimilarityFunction.DOT_PRODUCT;
    return dot && !areUnit(block) ? VectorSimilarityFunction.COSINE : wanted;
  }

  private static boolean areUnit(RowBlock block) {
    for (int i = 0; i < block.rows(); i++) {
      if (Math.abs(length(block.vectors().row(i)) - 1) > UNIT) {
        return false;
      }
    }
    return true;
  }

  private static double length(float[] vector) {
    double sum = 0;
    for (float value : vector) {
      sum += (double) value * value;
    }
    return Math.sqrt(sum);
  }

  @Override
  public Part endPart() {
    try {
      commit(Map.of(LuceneCommits.ROWS, Long.toString(rows + partRows)));
    } catch (IOException e) {
      throw WriteFailure.of(target.file(), e);
    }
    var part = new Part(partRows, List.of());
    rows += partRows;
    partRows = 0;
    return part;
  }

  private void commit(Map<String, String> notes) throws IOException {
    writer.setLiveCommitData(notes.entrySet());
    writer.commit();
  }

  @Override
  public Path finish() {
    target.requireEnded(partRows);
    try {
      commits.keepOne();
      commit(Map.of(LuceneCommits.ROWS, Long.toString(rows), LuceneCommits.WHOLE, "true"));
      writer.close();
    } catch (IOException e) {
      throw WriteFailure.of(target.file(), e);
    }
    return target.file();
  }

  @Override
  public void close() {
    try {
      writer.rollback();
      commits.close();
    } catch (IOException e) {
      throw WriteFailure.of(target.file(), e);
    }
  }
}
