// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.indexes;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.djlstitch.core.StitchException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class IndexAddressTest {
  @ParameterizedTest
  @CsvSource({
    "fbin:a/b.bin,FBIN,a/b.bin",
    "lucene:shop,LUCENE,shop",
    "pgcopy:t.copy,PGCOPY,t.copy",
    "jsonl:a:b,JSONL,a:b",
    "x.npy,NPY,x.npy",
    "a/X.FBIN,FBIN,a/X.FBIN",
    "x.fvecs,FVECS,x.fvecs",
    "x.ndjson,JSONL,x.ndjson",
    "x.jsonl,JSONL,x.jsonl",
    "x.parquet,PARQUET,x.parquet",
    "x.safetensors,SAFETENSORS,x.safetensors",
    "/a:b/x.npy,NPY,/a:b/x.npy",
  })
  void isFormatAndPath(String text, IndexFormat format, String path) {
    assertEquals(new IndexAddress(format, Path.of(path)), IndexAddress.parse(text));
  }

  @Test
  void isWrittenAsItIsRead() {
    var address = new IndexAddress(IndexFormat.PGCSV, Path.of("a/b"));
    assertEquals("pgcsv:a/b", address.toString());
    assertEquals(address, IndexAddress.parse(address.toString()));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "fbim:x|did you mean 'fbin'? expected one of npy, fbin, fvecs, jsonl, safetensors",
        "qdrant:x|there is no format of indexes 'qdrant'; expected one of npy",
        "vectors|does not tell its format; write FORMAT:PATH with one of npy, fbin",
        "x.csv|or a file that ends in .fbin, .fvecs, .jsonl, .ndjson, .npy, .parquet",
        "npy:|has no path",
      })
  void othersAreToldTheFormats(String text, String message) {
    StitchException e = assertThrows(StitchException.class, () -> IndexAddress.parse(text));
    assertEquals(StitchException.Kind.USAGE, e.kind());
    assertTrue(e.getMessage().contains(message), e.getMessage());
  }
}
