// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.indexes;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.djlstitch.core.FloatMatrix;
import io.github.djlstitch.core.StitchException;
import io.github.djlstitch.core.StitchException.Kind;
import io.github.djlstitch.indexes.VectorSink.Part;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Stream;
import org.apache.lucene.document.Document;
import org.apache.lucene.document.Field;
import org.apache.lucene.document.KnnByteVectorField;
import org.apache.lucene.document.KnnFloatVectorField;
import org.apache.lucene.document.StoredField;
import org.apache.lucene.document.StringField;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.index.IndexWriter;
import org.apache.lucene.index.IndexWriterConfig;
import org.apache.lucene.index.NoMergePolicy;
import org.apache.lucene.index.Term;
import org.apache.lucene.index.VectorSimilarityFunction;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.KnnFloatVectorQuery;
import org.apache.lucene.store.FSDirectory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Folders that Lucene itself wrote, and ours as Lucene itself searches them. */
final class LuceneTest {
  @TempDir Path folder;

  @Test
  void liveDocumentsOfAllSegmentsAreReadInOrder() throws IOException {
    Path index = folder.resolve("index");
    try (var directory = FSDirectory.open(index);
        var writer = writer(directory)) {
      for (int i = 0; i < 7; i++) {
        Document document = new Document();
        document.add(new StringField("key", "k" + i, Field.Store.NO));
        document.add(new StoredField("key", 1000L + i));
        document.add(new StoredField("body", "text " + i));
        if (i != 4) { // a document without a vector is no row
          document.add(new KnnFloatVectorField("v", Samples.golden(i, i + 1).row(0)));
        }
        document.add(new KnnByteVectorField("bytes", new byte[] {1, 2}));
        writer.addDocument(document);
        if (i % 2 == 1) {
          writer.commit(); // a segment of two documents
        }
      }
      writer.deleteDocuments(new Term("key", "k2"));
      writer.commit();
    }
    var columns = new IndexColumns(Optional.of("key"), Optional.empty(), Optional.of("body"));
    try (VectorSource source = IndexFormat.LUCENE.open(index, columns)) {
      Samples.All all = Samples.read(source, 2);
      assertEquals(List.of("1000", "1001", "1003", "1005", "1006"), all.ids());
      assertEquals(List.of("text 0", "text 1", "text 3", "text 5", "text 6"), all.texts());
      assertEquals(Samples.list(Samples.golden(3, 4).row(0)), all.vectors().get(2));
      assertEquals(OptionalLong.empty(), source.rows());
    }
    try (VectorSource source = IndexFormat.LUCENE.open(index, IndexColumns.usual())) {
      assertEquals(List.of("0", "1", "2", "3", "4"), Samples.read(source, 9).ids());
    }
  }

  private static IndexWriter writer(FSDirectory directory) throws IOException {
    return new IndexWriter(
        directory, new IndexWriterConfig().setMergePolicy(NoMergePolicy.INSTANCE));
  }

  @Test
  void theFieldIsNamedWhereThereAreTwo() throws IOException {
    Path index = folder.resolve("index");
    try (var directory = FSDirectory.open(index);
        var writer = writer(directory)) {
      Document document = new Document();
      document.add(new KnnFloatVectorField("a", new float[] {1, 2}));
      document.add(new KnnFloatVectorField("b", new float[] {3}));
      writer.addDocument(document);
    }
    assertRefused(Kind.BAD_INPUT, "the fields of float vectors a, b", index, IndexColumns.usual());
    assertRefused(Kind.BAD_INPUT, "no field 'c' of float vectors; it has a, b", index, vector("c"));
    try (VectorSource source = IndexFormat.LUCENE.open(index, vector("b"))) {
      assertEquals(List.of(List.of(3f)), Samples.read(source, 9).vectors());
    }
  }

  private static IndexColumns vector(String name) {
    return new IndexColumns(Optional.empty(), Optional.of(name), Optional.empty());
  }

  private static void assertRefused(Kind kind, String message, Path index, IndexColumns columns) {
    StitchException e =
        assertThrows(StitchException.class, () -> IndexFormat.LUCENE.open(index, columns));
    assertEquals(kind, e.kind());
    assertTrue(e.getMessage().contains(message), e.getMessage());
  }

  @Test
  void whatIsWrittenIsSearchedByLucene() throws IOException {
    Path index = Samples.write(IndexFormat.LUCENE, folder, "new", 40, 15, true);
    try (var directory = FSDirectory.open(index);
        var reader = DirectoryReader.open(directory)) {
      var query = new KnnFloatVectorQuery("vector", Samples.golden(0, 1).row(0), 1);
      var hits = new IndexSearcher(reader).search(query, 1);
      Document found = reader.storedFields().document(hits.scoreDocs[0].doc);
      assertEquals("id-0-é", found.get("id"));
      assertEquals(1, DirectoryReader.listCommits(directory).size());
    }
  }

  @Test
  void theSimilarityOfTheSourceStays() throws IOException {
    for (var similarity : VectorSimilarityFunction.values()) {
      Path index = folder.resolve(similarity.name());
      try (var directory = FSDirectory.open(index);
          var writer = writer(directory)) {
        Document document = new Document();
        document.add(new KnnFloatVectorField("v", new float[] {0.6f, 0.8f}, similarity));
        writer.addDocument(document);
      }
      assertEquals(similarity, rewritten(index, FloatMatrix.of(1, 3, 0f, 0f, 1f)));
      boolean dot = similarity == VectorSimilarityFunction.DOT_PRODUCT;
      assertEquals(
          dot ? VectorSimilarityFunction.COSINE : similarity,
          rewritten(index, FloatMatrix.of(1, 3, 0f, 0f, 2f)));
    }
  }

  private VectorSimilarityFunction rewritten(Path index, FloatMatrix vectors) throws IOException {
    var columns = IndexColumns.usual();
    try (VectorSource source = IndexFormat.LUCENE.open(index, columns);
        var reader = source.read();
        VectorSink sink =
            IndexFormat.LUCENE.create(folder.resolve("new"), "b", 3, false, columns)) {
      sink.append(reader.next(9).withVectors(vectors));
      sink.endPart();
      try (var written = DirectoryReader.open(FSDirectory.open(sink.finish()))) {
        var info = written.leaves().get(0).reader().getFieldInfos().fieldInfo("vector");
        return info.getVectorSimilarityFunction();
      }
    }
  }

  @Test
  void wideVectorsAndLaterOnesOfAnotherLength() {
    float[] unit = new float[1536];
    unit[7] = 1;
    var first = RowBlock.numbered(0, FloatMatrix.wrap(1, 1536, unit));
    float[] longer = unit.clone();
    longer[7] = 2;
    try (VectorSink sink =
        IndexFormat.LUCENE.create(folder, "b", 1536, false, IndexColumns.usual())) {
      sink.append(first);
      var second = RowBlock.numbered(1, FloatMatrix.wrap(1, 1536, longer));
      FormatContractTest.assertRefused(Kind.BAD_INPUT, () -> sink.append(second));
      sink.endPart();
      Path index = sink.finish();
      assertEquals(
          List.of(Samples.list(unit)), Samples.read(IndexFormat.LUCENE, index, 1).vectors());
    }
  }

  @Test
  void aCommitThatNobodyNotedIsGoneAfterwards() throws IOException {
    List<Part> parts;
    try (VectorSink sink = create()) {
      parts = Samples.append(sink, 0, 8, 4, true); // killed before the second part was noted
    }
    try (VectorSink sink = resume(parts.subList(0, 1))) {
      Samples.append(sink, 4, 9, 5, true);
      Path index = sink.finish();
      assertEquals(
          Samples.expected(9, true, true).ids(), Samples.read(IndexFormat.LUCENE, index, 9).ids());
    }
  }

  private VectorSink create() {
    return IndexFormat.LUCENE.create(folder, "b", Samples.WIDTH, true, IndexColumns.usual());
  }

  private VectorSink resume(List<Part> parts) {
    return IndexFormat.LUCENE.resume(folder, "b", Samples.WIDTH, true, IndexColumns.usual(), parts);
  }

  @Test
  void damagedCommitsAreRefused() throws IOException {
    List<Part> parts;
    try (VectorSink sink = create()) {
      parts = Samples.append(sink, 0, 4, 4, true);
      FormatContractTest.assertRefused(Kind.RESOURCES, this::create); // two at a time
    }
    FormatContractTest.assertRefused(
        Kind.VERIFICATION, () -> resume(List.of(new Part(5, List.of()))));
    try (Stream<Path> files = Files.list(folder.resolve("b"))) {
      for (Path file : files.filter(f -> !f.toString().endsWith(".lock")).toList()) {
        byte[] bytes = Files.readAllBytes(file);
        byte[] changed = bytes.clone();
        changed[bytes.length / 2] ^= 1;
        Files.write(file, changed);
        FormatContractTest.assertRefused(Kind.VERIFICATION, () -> resume(parts));
        Files.write(file, Arrays.copyOf(bytes, bytes.length - 1));
        FormatContractTest.assertRefused(Kind.VERIFICATION, () -> resume(parts));
        Files.write(file, bytes);
      }
    }
    resume(parts).close();
  }

  @Test
  void withoutLuceneTheMessageNamesTheArtifact() {
    StitchException e =
        assertThrows(
            StitchException.class,
            () ->
                LuceneAccess.with(
                    () -> {
                      throw new NoClassDefFoundError("org/apache/lucene/index/IndexWriter");
                    }));
    assertEquals(Kind.UNAVAILABLE, e.kind());
    assertTrue(e.getMessage().contains("org.apache.lucene:lucene-core"), e.getMessage());
  }
}
