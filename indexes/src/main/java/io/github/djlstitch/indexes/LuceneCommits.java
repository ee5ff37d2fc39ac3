// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.indexes;

import io.github.djlstitch.core.StitchException;
import io.github.djlstitch.core.internal.file.Printable;
import io.github.djlstitch.core.internal.file.WriteFailure;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.apache.lucene.index.CodecReader;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.index.FieldInfo;
import org.apache.lucene.index.IndexCommit;
import org.apache.lucene.index.IndexDeletionPolicy;
import org.apache.lucene.index.IndexWriter;
import org.apache.lucene.index.IndexWriterConfig;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.index.LogByteSizeMergePolicy;
import org.apache.lucene.index.SerialMergeScheduler;
import org.apache.lucene.index.VectorSimilarityFunction;
import org.apache.lucene.store.FSDirectory;
import org.jspecify.annotations.Nullable;

/**
 * The commits of an index that is being written. The last two stay, because the process may be
 * killed after a commit and before anyone noted that the part was finished.
 */
final class LuceneCommits extends IndexDeletionPolicy implements Closeable {
  /** Key of a commit's note of its number of rows. */
  static final String ROWS = "stitch.rows";

  /** Key of the note that the index is whole. */
  static final String WHOLE = "stitch.whole";

  private static final double BUFFER = 64; // megabytes of documents before a segment is written

  private final Path folder;
  private final FSDirectory directory;
  private int kept = 2;

  LuceneCommits(Path folder) {
    this.folder = folder;
    try {
      if (Files.isSymbolicLink(folder)) {
        throw new IOException("it is a link");
      }
      this.directory = FSDirectory.open(folder);
    } catch (IOException e) {
      throw WriteFailure.of(folder, e);
    }
  }

  /**
   * Opens a writer at the commit with so many rows; with 0 it begins anew.
   *
   * @throws StitchException (verification) if there is no such commit, or it is damaged
   */
  IndexWriter open(long rows) throws IOException {
    var config =
        new IndexWriterConfig()
            .setCodec(new LuceneCodec())
            .setCommitOnClose(false)
            .setIndexDeletionPolicy(this)
            .setRAMBufferSizeMB(BUFFER)
            .setMergeScheduler(new SerialMergeScheduler())
            .setMergePolicy(new LogByteSizeMergePolicy()); // neighbors only: rows keep their order
    if (rows == 0) {
      return new IndexWriter(directory, config.setOpenMode(IndexWriterConfig.OpenMode.CREATE));
    }
    IndexCommit commit = commit(rows);
    config.setIndexCommit(commit).setOpenMode(IndexWriterConfig.OpenMode.APPEND);
    return new IndexWriter(directory, config);
  }

  private IndexCommit commit(long rows) {
    Exception cause = null;
    try {
      List<IndexCommit> commits = DirectoryReader.listCommits(directory);
      for (int i = commits.size() - 1; i >= 0; i--) {
        IndexCommit commit = commits.get(i);
        if (Long.toString(rows).equals(commit.getUserData().get(ROWS))) {
          check(commit, rows);
          return commit;
        }
      }
    } catch (IOException | RuntimeException e) {
      cause = e;
    }
    StitchException failure =
        StitchException.verification(
            "'%s' has no undamaged commit of %d rows%s; start again from the beginning",
            folder,
            rows,
            cause == null ? "" : " (" + Printable.of(Printable.line(String.valueOf(cause))) + ")");
    throw cause == null ? failure : failure.because(cause);
  }

  private static void check(IndexCommit commit, long rows) throws IOException {
    try (DirectoryReader reader = DirectoryReader.open(commit)) {
      if (reader.numDocs() != rows) {
        throw new IOException("it has " + reader.numDocs() + " documents");
      }
      for (LeafReaderContext leaf : reader.leaves()) {
        if (leaf.reader() instanceof CodecReader codec) {
          codec.checkIntegrity();
        }
      }
    }
  }

  /** The similarity of a field that is there. */
  VectorSimilarityFunction similarity(String field) throws IOException {
    try (DirectoryReader reader = DirectoryReader.open(directory)) {
      for (LeafReaderContext leaf : reader.leaves()) {
        @Nullable FieldInfo info = leaf.reader().getFieldInfos().fieldInfo(field);
        if (info != null) {
          return info.getVectorSimilarityFunction();
        }
      }
    }
    throw StitchException.verification("'%s' has no field '%s'", folder, Printable.of(field));
  }

  /** Lets the next commit delete all others. */
  void keepOne() {
    kept = 1;
  }

  @Override
  public void onInit(List<? extends IndexCommit> commits) {
    // The writer may stand on the last but one.
  }

  @Override
  public void onCommit(List<? extends IndexCommit> commits) {
    commits.subList(0, Math.max(0, commits.size() - kept)).forEach(IndexCommit::delete);
  }

  @Override
  public void close() throws IOException {
    directory.close();
  }
}
