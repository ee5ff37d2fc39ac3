// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.indexes;

import io.github.djlstitch.core.Named;
import io.github.djlstitch.core.StitchException;
import java.nio.file.Path;
import java.util.List;

/** The formats of indexes. */
public enum IndexFormat implements Named {
  /** A NumPy array (N, D) of float32, or float64 and float16 when read. */
  NPY,
  /** Two unsigned 32-bit numbers N and D, and rows of float32; all little-endian. */
  FBIN,
  /** Each row a 32-bit number D and D values of float32; all little-endian. */
  FVECS,
  /** A JSON object on each line; when read, also those after the action lines of a bulk request. */
  JSONL,
  /** A safetensors file with a tensor (N, D), and ids as latent-space files have them. */
  SAFETENSORS,
  /** Parquet with a list of floats in each row; a file, or a folder of parts. */
  PARQUET,
  /** A folder of Lucene 9 with a field of float vectors. */
  LUCENE,
  /** A table as PostgreSQL's {@code COPY ... WITH (FORMAT binary)} writes it, with a pgvector. */
  PGCOPY,
  /** A table as PostgreSQL's {@code COPY ... WITH (FORMAT csv, HEADER)} writes it. */
  PGCSV;

  /** Tells if an index of this format has ids of its own; else rows are known by their numbers. */
  public boolean keepsIds() {
    return this != NPY && this != FBIN && this != FVECS;
  }

  /** Tells if an index of this format can hold texts. */
  public boolean keepsTexts() {
    return keepsIds() && this != SAFETENSORS;
  }

  /**
   * Opens an index to read it.
   *
   * @throws StitchException (bad input) if it is not there or not of this format
   */
  public VectorSource open(Path path, IndexColumns columns) {
    return switch (this) {
      case NPY -> Npy.open(path);
      case FBIN -> Fbin.open(path);
      case FVECS -> Fvecs.open(path);
      case JSONL -> JsonLines.open(path, columns);
      case SAFETENSORS -> SafetensorsIndex.open(path, columns);
      case PARQUET -> ParquetSource.open(path, columns);
      case LUCENE -> LuceneAccess.with(() -> LuceneSource.open(path, columns));
      case PGCOPY -> PgCopy.open(path, columns);
      case PGCSV -> PgCsv.open(path, columns);
    };
  }

  /**
   * Starts a new index.
   *
   * @param folder an empty folder for its parts
   * @param name of the file or folder that the index will be
   * @param width of its vectors
   * @param hasIds tells if its rows have ids; without them, formats that need ids write numbers
   * @param columns names that the new index has
   */
  public VectorSink create(
      Path folder, String name, int width, boolean hasIds, IndexColumns columns) {
    return resume(folder, name, width, hasIds, columns, List.of());
  }

  /**
   * Goes on after the parts that are finished; whatever the folder has beyond them is discarded.
   *
   * @param parts as {@link VectorSink#endPart} returned them
   * @throws StitchException (verification) if a part is not what it was
   */
  public VectorSink resume(
      Path folder,
      String name,
      int width,
      boolean hasIds,
      IndexColumns columns,
      List<VectorSink.Part> parts) {
    Target target = new Target(folder, name, width, hasIds, columns, parts);
    return switch (this) {
      case NPY -> Npy.sink(target);
      case FBIN -> Fbin.sink(target);
      case FVECS -> Fvecs.sink(target);
      case JSONL -> new StreamSink(target, new JsonRows(target));
      case SAFETENSORS -> new SafetensorsSink(target);
      case PARQUET -> new ParquetSink(target);
      case LUCENE -> LuceneAccess.with(() -> new LuceneSink(target));
      case PGCOPY -> new StreamSink(target, new PgCopyRows(target));
      case PGCSV -> new StreamSink(target, new PgCsvRows(target));
    };
  }
}
